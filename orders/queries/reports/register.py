"""The library of reports: what each is called, what it answers, how it may be parted and narrowed, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from orders.models import Basis
from orders.queries.reports.asked import Asked
from orders.queries.reports.awards import awards_report
from orders.queries.reports.call_offs import call_offs_report
from orders.queries.reports.ceilings import ceilings_report
from orders.queries.reports.climate import climate_parts_report, climate_trend_report
from orders.queries.reports.deliveries import deliveries_report
from orders.queries.reports.fair_trading import terms_report
from orders.queries.reports.handed_out import ekomatsligan_report, kolada_report, survey_report
from orders.queries.reports.loyalty import loyalty_report
from orders.queries.reports.meals import kitchens_report, payback_report, waste_report
from orders.queries.reports.post_award import post_award_report
from orders.queries.reports.prices import index_report, prices_report
from orders.queries.reports.sellers import concentration_report, sellers_report
from orders.queries.reports.shares import local_report, organic_report, swedish_report
from orders.queries.reports.spend import spend_report
from orders.rules.periods import Period, latest_months, year_of
from orders.rules.reporting import Report

GOODS_BASES = (Basis.ORDERED, Basis.DELIVERED)
TALLIED_BY = ("supplier", "category", "product", "kitchen", "month", "agreement", "lot", "marks")
SHARED_BY = ("source", "category", "product", "supplier", "kitchen", "month")
NARROWING = ("kitchen", "supplier", "category", "agreement", "mark")


@dataclass(frozen=True, slots=True)
class ReportSort:
    """``bases``, ``bys`` and ``narrowing`` are what its question may hold; the first of each is what is told unasked."""

    slug: str
    title: str | Promise
    question: str | Promise
    make: Callable[[Asked], Report]
    group: str
    bases: tuple[str, ...] = GOODS_BASES
    bys: tuple[str, ...] = ()
    narrowing: tuple[str, ...] = NARROWING
    unasked_months: int | None = None
    opens_at: str = ""  # a page by the part's key where its lines stand, if they aren't call-offs

    def unasked_period(self, today: date) -> Period:
        """What it is opened with: this year, or this month and those before it of one that is asked of late or reads kitchens' days."""
        return year_of(today) if self.unasked_months is None else latest_months(self.unasked_months, today)


_ALL = (
    ReportSort(
        slug="inkop",
        title=gettext_lazy("Inköp"),
        question=gettext_lazy("Vad köper vi, av vem och för hur mycket?"),
        make=spend_report,
        group="money",
        bys=TALLIED_BY,
    ),
    ReportSort(
        slug="priser",
        title=gettext_lazy("Pris per kg"),
        question=gettext_lazy("Vad kostar varorna per kg mot förra året, och vad sticker ut?"),
        make=prices_report,
        group="money",
        narrowing=("kitchen", "supplier", "category", "agreement"),
    ),
    ReportSort(
        slug="prisindex",
        title=gettext_lazy("Prisindex för en fast korg"),
        question=gettext_lazy("Hur har priserna rört sig när varorna är desamma?"),
        make=index_report,
        group="money",
        narrowing=("kitchen", "supplier", "category", "agreement"),
    ),
    ReportSort(
        slug="kok",
        title=gettext_lazy("Köken sida vid sida"),
        question=gettext_lazy("Vad kostar och väger en portion i varje kök?"),
        make=kitchens_report,
        group="money",
        unasked_months=3,
        narrowing=("supplier", "category", "agreement", "mark"),
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
    ReportSort(
        slug="direktupphandlingar",
        title=gettext_lazy("Direktupphandlingar"),
        question=gettext_lazy("Vad har vi direktupphandlat, och är det dokumenterat?"),
        make=awards_report,
        group="contracts",
        bases=(),
        narrowing=("agreement",),
    ),
    ReportSort(
        slug="avrop",
        title=gettext_lazy("Avrop och avsteg"),
        question=gettext_lazy("Följer avropen turordningen, och varför inte?"),
        make=call_offs_report,
        group="contracts",
        bys=("allotment", "reason", "lot", "supplier", "kitchen", "month"),
    ),
    ReportSort(
        slug="avtalstrohet",
        title=gettext_lazy("Avtalstrohet"),
        question=gettext_lazy("Hur mycket av det vi köper ligger under avtal?"),
        make=loyalty_report,
        group="contracts",
        bases=(),
        bys=("need", "supplier", "row"),
        narrowing=(),
    ),
    ReportSort(
        slug="leverantorer",
        title=gettext_lazy("Leverantörer"),
        question=gettext_lazy("Vilka säljer till oss, och vad nådde gårdarna?"),
        make=sellers_report,
        group="suppliers",
        bys=("supplier",),
        narrowing=("kitchen", "category", "agreement", "mark"),
    ),
    ReportSort(
        slug="koncentration",
        title=gettext_lazy("Leverantörskoncentration"),
        question=gettext_lazy("Hur beroende är vi av de största?"),
        make=concentration_report,
        group="suppliers",
        bys=("category", "product", "kitchen", "month", "lot"),
    ),
    ReportSort(
        slug="leveranser",
        title=gettext_lazy("Leveranser"),
        question=gettext_lazy("Kommer varorna i tid och i full mängd, och svarar gårdarna?"),
        make=deliveries_report,
        group="suppliers",
        bases=(),
        bys=("supplier", "kitchen", "category", "lot", "month"),
        unasked_months=3,
    ),
    ReportSort(
        slug="villkor",
        title=gettext_lazy("Betalning och ändringar"),
        question=gettext_lazy("Håller vi lagens betaltid, och hur ofta ändras det bindande?"),
        make=terms_report,
        group="suppliers",
        bases=(),
        narrowing=("supplier",),
    ),
    ReportSort(
        slug="ekologiskt",
        title=gettext_lazy("Ekologisk andel"),
        question=gettext_lazy("Hur stor del är ekologisk, av kronor och av kilo?"),
        make=organic_report,
        group="goals",
        bys=SHARED_BY,
    ),
    ReportSort(
        slug="svenskt",
        title=gettext_lazy("Svensk andel"),
        question=gettext_lazy("Hur stor del är från Sverige, av kronor och av kilo?"),
        make=swedish_report,
        group="goals",
        bys=SHARED_BY,
    ),
    ReportSort(
        slug="lokalt",
        title=gettext_lazy("Lokal andel"),
        question=gettext_lazy("Hur stor del är lokal efter vår egen definition?"),
        make=local_report,
        group="goals",
        bys=SHARED_BY,
    ),
    ReportSort(
        slug="klimat",
        title=gettext_lazy("Klimat"),
        question=gettext_lazy("Vad släpper det vi köper ut, i allt och per kg?"),
        make=climate_parts_report,
        group="goals",
        bys=TALLIED_BY,
    ),
    ReportSort(
        slug="klimat-utveckling",
        title=gettext_lazy("Klimatets utveckling"),
        question=gettext_lazy("Hur har klimatsiffran rört sig, och varför?"),
        make=climate_trend_report,
        group="goals",
        narrowing=(),
    ),
    ReportSort(
        slug="svinn",
        title=gettext_lazy("Svinn"),
        question=gettext_lazy("Hur mycket slängs per gäst?"),
        make=waste_report,
        group="goals",
        bases=(),
        bys=("kitchen", "month", "day"),
        narrowing=("kitchen",),
    ),
    ReportSort(
        slug="payback",
        title=gettext_lazy("Payback"),
        question=gettext_lazy("Vad sparar elevernas val?"),
        make=payback_report,
        group="goals",
        bases=(),
        narrowing=("kitchen",),
        opens_at="kitchens:payback",
    ),
    ReportSort(
        slug="kolada",
        title="Kolada / KKiK",
        question=gettext_lazy("Vilka tal frågar Kolada efter, och vad är de här?"),
        make=kolada_report,
        group="others",
        bases=(Basis.DELIVERED, Basis.ORDERED),
        narrowing=(),
    ),
    ReportSort(
        slug="ekomatsligan",
        title="Ekomatsligan",
        question=gettext_lazy("Ekologiskt, svenskt och klimat, så som den årliga enkäten frågar."),
        make=ekomatsligan_report,
        group="others",
        bases=(Basis.DELIVERED, Basis.ORDERED),
        narrowing=(),
    ),
    ReportSort(
        slug="svinnundersokning",
        title=gettext_lazy("Svinnundersökning"),
        question=gettext_lazy("Vilka kök har vägt minst fem vardagar i rad, och vad blev det?"),
        make=survey_report,
        group="others",
        bases=(),
        narrowing=(),
    ),
    ReportSort(
        slug="efterannons",
        title=gettext_lazy("Efterannonser och statistik"),
        question=gettext_lazy("Vad ska stå om varje undertecknat avtal?"),
        make=post_award_report,
        group="others",
        bases=(),
        narrowing=(),
    ),
)
REPORTS = {each.slug: each for each in _ALL}
GROUPS = {
    "money": gettext_lazy("Inköp och priser"),
    "contracts": gettext_lazy("Avtal och upphandling"),
    "suppliers": gettext_lazy("Leverantörer"),
    "goals": gettext_lazy("Mål: ekologiskt, svenskt, lokalt, klimat, svinn"),
    "others": gettext_lazy("Till andra som frågar"),
}
