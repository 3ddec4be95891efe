"""``avrop``: call-offs by how their lot chooses among its parties, and every deviation from the turn with its reason."""

from django.utils.translation import gettext as _

from orders.queries.reports.asked import Asked
from orders.queries.reports.tallied import fold, opens_to
from orders.queries.reports.telling import basis_told, name_column, sek_column, whole_name
from orders.rules.reporting import Cell, Column, Kind, Part, Report, Told, Whole, ratio

_SUMS = (
    "coalesce(sum(t.lines), 0)::int",
    "coalesce(sum(t.net_sek), 0)",
    "coalesce(sum(t.lines) FILTER (WHERE t.passed_over <> ''), 0)::int",
    "coalesce(sum(t.net_sek) FILTER (WHERE t.passed_over <> ''), 0)",
)


def call_offs_report(asked: Asked) -> Report:
    """By allotment, reason, lot, supplier or kitchen. A deviation is a call-off by which an earlier party was passed over."""
    found = fold(asked, _SUMS)

    def cells(name: str, sums: tuple[Cell, ...]) -> tuple[Cell, ...]:
        lines, sek, passed_lines, passed_sek = sums
        return (name, lines, sek, passed_lines, passed_sek, ratio(passed_sek, sek))  # type: ignore[arg-type]

    return Report(
        slug="avrop",
        told=Told(
            title=_("Avrop och avsteg"),
            definition=_(
                "Avrop efter delkontraktens sätt att fördela. Ett avsteg är ett avrop där en leverantör eller ett avtal som stod tidigare i tur gicks förbi; skälet är den regel som sade nej."
            ),
            period=asked.period,
            basis=basis_told(asked.basis),
            source=_("avropens prövning, som den skrevs när de lades"),
            narrowed_to=asked.narrowed_to,
        ),
        columns=(
            name_column(asked.by),
            Column("call_offs", _("Avrop"), Kind.COUNT, whole=Whole.SUM),
            sek_column(),
            Column("deviations", _("Avsteg"), Kind.COUNT, whole=Whole.SUM),
            sek_column("deviations_sek", _("Avsteg, värde")),
            Column(
                "deviations_share",
                _("Andel avsteg"),
                Kind.SHARE,
                whole=Whole.RATIO,
                ratio_of=("deviations_sek", "net_sek"),
                meaning=_("avstegens del av värdet"),
            ),
        ),
        parts=tuple(
            Part(part.key, cells(part.name, part.sums), opens=opens_to(part.key, asked=asked))
            for part in found.parts
        ),
        whole=Part("", cells(whole_name(), found.whole), opens=asked.opening()),
    )
