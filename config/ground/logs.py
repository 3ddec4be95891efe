"""What must not stand in a log: addresses that are keys."""

import logging
import re

# Whoever reads /svar/<token>/ may answer a purchase order with it.
KEYS = re.compile(r"(/svar/)[^/\s?\"']+")


class HideKeys(logging.Filter):
    """Puts an ellipsis in the place of a key, in the message and in the figures of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if KEYS.search(message):
            record.msg, record.args = KEYS.sub(r"\1…", message), ()
        return True
