"""Whose a number is: a legal person's third digit is two or more, a living person's month begins with 0 or 1.

Skatteverket, SKV 709 (organisationsnummer) and SKV 704 (personnummer), read 2026-11.
"""

SHORT, LONG = 10, 12  # signs, without and with the century
FIRST_OF_LEGAL = "2"


def is_personal_number(text: str) -> bool:
    """Whether a ten- or twelve-digit number, with or without hyphen, is of a person. False for what is no such number."""
    digits = "".join(sign for sign in text if sign.isdigit())
    if any(not (sign.isdigit() or sign in " -+") for sign in text):
        return False
    if len(digits) == LONG and digits[:2] in {"18", "19", "20"}:
        digits = digits[2:]
    return len(digits) == SHORT and digits[2] < FIRST_OF_LEGAL
