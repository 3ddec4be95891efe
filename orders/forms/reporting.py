"""The question of a report, read out of an address, with plain words for what can't be read."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from market.models import Authority
from market.rules.call_off import Rule
from market.rules.turns import Form
from orders.queries.loyalty import NO_NEED
from orders.queries.narrowed import NONE_OF_THEM, Narrowed
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import ReportSort
from orders.rules.periods import read_period
from suppliers.rules.certificates import LABELS

SELLER = re.compile(r"[sp][1-9][0-9]{0,17}", re.ASCII)  # a key of orders.queries.loyalty
KEYS = ("kitchen", "supplier", "category", "product", "agreement", "lot")


def read_asked(
    told: Mapping[str, str], sort: ReportSort, *, authority: Authority, today: date, language: str
) -> Asked:
    """``from to basis by kitchen supplier category product agreement lot mark marks need seller``. Raises InvalidInput."""
    begins, ends = told.get("from", ""), told.get("to", "")
    try:
        period = read_period(begins, ends, today=today) if begins or ends else sort.unasked_period(today)
    except ValueError as fault:
        words = _("Skriv månader som 2026-03, den första före den sista.")
        raise InvalidInput(fields={_("Period"): [words]}) from fault
    return Asked(
        authority=authority,
        period=period,
        today=today,
        basis=_one_of(told, "basis", sort.bases),
        by=_one_of(told, "by", sort.bys),
        narrowed=Narrowed(
            **{f"{name}_id": _number(told, name) for name in KEYS},
            mark=_one_of(told, "mark", ("", *sorted(LABELS))),
            marks=_marks(told),
            allotment=_one_of(told, "allotment", ("", *Form)),
            reason=_one_of(told, "reason", ("", NONE_OF_THEM, *(rule.value for rule in Rule))),
        ),
        language=language,
        **({"need": _need(told), "seller": _seller(told)} if "need" in sort.bys else {}),
    )


def _one_of(told: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = told.get(name, "")
    if not known or not value:
        return str(known[0]) if known else ""
    if value not in known:
        raise InvalidInput(fields={name: [", ".join(each for each in known if each)]})
    return value


def _number(told: Mapping[str, str], name: str) -> int | None:
    text = told.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < len(str(2**63))):
        raise InvalidInput(fields={name: ["1, 2, 3 …"]})
    return int(text)


def _need(told: Mapping[str, str]) -> str:
    return NO_NEED if told.get("need") == NO_NEED else str(_number(told, "need") or "")


def _seller(told: Mapping[str, str]) -> str:
    text = told.get("seller", "")
    if text and not SELLER.fullmatch(text):
        raise InvalidInput(fields={"seller": ["s1, p1 …"]})
    return text


def _marks(told: Mapping[str, str]) -> str:
    text = told.get("marks", "")
    if text and text != NONE_OF_THEM and not set(text.split(",")) <= LABELS:
        raise InvalidInput(fields={"marks": [",".join(sorted(LABELS))]})
    return text
