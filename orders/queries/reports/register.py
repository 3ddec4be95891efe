"""The library of reports: what each is called, what it answers, how it may be parted and narrowed, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from orders.models import Basis
from orders.queries.reports.asked import Asked
from orders.queries.reports.ceilings import ceilings_report
from orders.queries.reports.spend import spend_report
from orders.rules.reporting import Report

GOODS_BASES = (Basis.ORDERED, Basis.DELIVERED)
TALLIED_BY = ("supplier", "category", "product", "kitchen", "month", "agreement", "lot", "marks")
TALLIED_NARROWING = ("kitchen", "supplier", "category", "agreement", "mark")


@dataclass(frozen=True, slots=True)
class ReportSort:
    """``bases``, ``bys`` and ``narrowing`` are what its question may hold; the first of each is what is told unasked.

    ``opens_to`` is what its parts are made of: ``call_offs``, or nothing that can be listed.
    """

    slug: str
    title: str | Promise
    question: str | Promise
    make: Callable[[Asked], Report]
    group: str = "money"
    bases: tuple[str, ...] = GOODS_BASES
    bys: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = TALLIED_NARROWING
    opens_to: str = "call_offs"


_ALL = (
    ReportSort(
        slug="inkop",
        title=gettext_lazy("Inköp"),
        question=gettext_lazy("Vad köper vi, av vem och för hur mycket?"),
        make=spend_report,
        bys=TALLIED_BY,
    ),
    ReportSort(
        slug="avtal",
        title=gettext_lazy("Avtal och tak"),
        question=gettext_lazy("Hur mycket är kvar av varje delkontrakt, och när tar det slut?"),
        make=ceilings_report,
        group="contracts",
        bases=(),
        narrowing=("agreement",),
    ),
)
REPORTS = {each.slug: each for each in _ALL}
GROUPS = {
    "money": gettext_lazy("Inköp och priser"),
    "contracts": gettext_lazy("Avtal och upphandling"),
}
