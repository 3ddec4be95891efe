"""``direktupphandlingar``: signed direct awards of the period, what they were valued at, hold and lack in documentation."""

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.queries.awards import RegisteredAward, register
from orders.queries.lots import agreements_of
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import sek_column, whole_name
from orders.rules.reporting import Column, Coverage, Kind, Part, Report, Told, ratio, whole_of


def awards_report(asked: Asked) -> Report:
    """By the day of signing. What is not signed yet isn't decided, and isn't here."""
    committed = {
        sheet.agreement_id: sum((lot.committed_sek for lot in sheet.lots), Decimal(0))
        for sheet in agreements_of(asked.authority)
    }
    found = [
        award
        for award in register(asked.authority, today=asked.today)
        if asked.period.first <= award.signed_on <= asked.period.last
        and asked.narrowed.agreement_id in (None, award.agreement_id)
    ]
    columns = _columns()
    parts = tuple(_part(award, committed.get(award.agreement_id, Decimal(0))) for award in found)
    documented = [award for award in found if award.state != "none"]
    closed = [award for award in documented if award.state == "closed"]
    return Report(
        slug="direktupphandlingar",
        told=Told(
            title=_("Direktupphandlingar"),
            definition=_(
                "Undertecknade direktupphandlingar efter dagen för underskrift. Värdet är det som tilldelningen vilade på (5 kap. LOU), taket det som avropen aldrig får gå över."
            ),
            period=asked.period,
            basis=_("tak och bundet värde, utan moms"),
            source=_("registret över direktupphandlingar"),
            coverage=(
                Coverage(
                    ratio(len(closed), len(documented)),
                    _("av dem som ska dokumenteras är dokumenterade"),
                ),
            ),
            narrowed_to=asked.narrowed_to,
        ),
        columns=columns,
        parts=parts,
        whole=whole_of(columns, parts, name=whole_name()),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Direktupphandling"), Kind.WORDS),
        Column("case_number", _("Ärende"), Kind.WORDS),
        Column("need", _("Behov"), Kind.WORDS),
        Column("supplier", _("Leverantör"), Kind.WORDS),
        Column("number", _("Organisationsnummer"), Kind.WORDS),
        Column("signed_on", _("Undertecknad"), Kind.DAY),
        sek_column("value_sek", _("Uppskattat värde")),
        sek_column("ceiling_sek", _("Tak")),
        sek_column("committed_sek", _("Bundet av er")),
        Column("documentation", _("Dokumentation"), Kind.WORDS),
        Column("due_on", _("Senast"), Kind.DAY),
        Column("split", _("Såg delad ut"), Kind.WORDS, meaning=_("5 kap. 7 a § LOU; skälet står i ärendet")),
    )


def _part(award: RegisteredAward, committed: Decimal) -> Part:
    return Part(
        str(award.agreement_id),
        (
            award.title,
            award.case_number,
            award.need,
            award.supplier,
            award.supplier_number,
            award.signed_on,
            award.value_sek,
            award.ceiling_sek,
            committed,
            _state_name(award.state),
            award.due_on,
            _("ja") if award.looked_split else _("nej"),
        ),
        opens={
            "agreement": str(award.agreement_id),
            "from": f"{award.valid_from:%Y-%m}",
            "to": f"{award.valid_to:%Y-%m}",
        },
    )


def _state_name(state: str) -> str:
    return {
        "none": _("krävs inte"),
        "open": _("öppen"),
        "late": _("försenad"),
        "closed": _("klar"),
    }[state]
