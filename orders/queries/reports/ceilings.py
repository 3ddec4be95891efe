"""``avtal``: each lot's ceiling with what is bound, delivered and left, and when it is used up at the rate of late."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from market.models import Authority
from orders.queries.ceiling_forecasts import LotForecast, ceiling_forecasts
from orders.queries.lots import AgreementSheet, LotSheet, agreements_of
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import sek_column, whole_name
from orders.rules.burning import WEEKS, per_week
from orders.rules.reporting import Column, Kind, Part, Report, Told, whole_of

_RATES = """
SELECT lot.id, coalesce(late.net_sek, 0), coalesce(came.net_sek, 0)
FROM unnest(%(lots)s::bigint[]) AS lot(id)
LEFT JOIN (SELECT t.agreement_lot_id AS id, sum(t.net_sek) AS net_sek FROM orders_tally t
           WHERE t.authority_id = %(authority)s AND t.basis = 'ordered' AND t.day > %(since)s AND t.day <= %(today)s
           GROUP BY 1) late USING (id)
LEFT JOIN (SELECT t.agreement_lot_id AS id, sum(t.net_sek) AS net_sek FROM orders_tallymonth t
           WHERE t.authority_id = %(authority)s AND t.basis = 'delivered' GROUP BY 1) came USING (id)
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """SEK of this authority: ordered in the last weeks, delivered in all."""

    of_late: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)


def ceilings_report(asked: Asked) -> Report:
    """The lots of signed agreements that are in force on some day of the period, by the agreement's last day."""
    sheets = [
        (agreement, lot)
        for agreement in agreements_of(asked.authority)
        if agreement.signed
        and agreement.valid_from <= asked.period.last
        and agreement.last_day >= asked.period.first
        for lot in agreement.lots
        if _is_asked_for(asked, agreement, lot)
    ]
    rates = _rates(asked.authority, [lot.lot_id for _agreement, lot in sheets], today=asked.today)
    own = [(lot, agreement.last_day) for agreement, lot in sheets if not lot.shared]
    forecasts = ceiling_forecasts(own, today=asked.today)
    columns = _columns()
    parts = tuple(
        _part(agreement, lot, rates.get(lot.lot_id, Rate()), forecasts.get(lot.lot_id))
        for agreement, lot in sorted(
            sheets, key=lambda pair: (pair[0].last_day, pair[0].title, pair[1].lot_id)
        )
    )
    return Report(
        slug="avtal",
        told=Told(
            title=_("Avtal och tak"),
            definition=_(
                "Bundet är vad avropen håller av taket: beställt, ännu inte avböjt, med det som var förbrukat före övertagandet. Kvar är vad som är ledigt."
            ),
            period=asked.period,
            basis=_("bundet i dag, utan moms; levererat under avtalets hela tid"),
            source=_("delkontraktens tak och saldon"),
            narrowed_to=asked.narrowed_to,
            notes=(
                _(
                    "Takten är medelvärdet av det som beställts till leverans de senaste %(weeks)s veckorna. Dagen då taket nås är en prognos, inget löfte."
                )
                % {"weeks": WEEKS},
                *_shared_note(sheets),
            ),
        ),
        columns=columns,
        parts=parts,
        whole=whole_of(columns, parts, name=whole_name()),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Delkontrakt"), Kind.WORDS),
        Column("agreement", _("Avtal"), Kind.WORDS),
        Column("kind", _("Slag"), Kind.WORDS),
        Column("last_day", _("Sista dag"), Kind.DAY),
        sek_column("ceiling_sek", _("Tak")),
        sek_column("committed_sek", _("Bundet av er")),
        sek_column("delivered_sek", _("Levererat")),
        sek_column("room_sek", _("Kvar")),
        sek_column("per_week", _("Takt per vecka")),
        Column(
            "reached_on",
            _("Nås omkring"),
            Kind.DAY,
            meaning=_(
                "dagen då taket troligen nås i den takt som varit; tom där det inte kan sägas, inte sker före avtalets slut eller avtalet delas"
            ),
        ),
    )


def _part(agreement: AgreementSheet, lot: LotSheet, rate: Rate, found: LotForecast | None) -> Part:
    return Part(
        str(lot.lot_id),
        (
            lot.name,
            agreement.title,
            agreement.kind_name,
            agreement.last_day,
            lot.ceiling_sek,
            lot.committed_sek,
            rate.delivered,
            lot.room_sek,
            per_week(rate.of_late),
            found.forecast.likely if found else None,
        ),
        opens={
            "lot": str(lot.lot_id),
            "from": f"{agreement.valid_from:%Y-%m}",
            "to": f"{agreement.last_day:%Y-%m}",
        },
    )


def _shared_note(sheets: list[tuple[AgreementSheet, LotSheet]]) -> tuple[str, ...]:
    if not any(lot.shared for _agreement, lot in sheets):
        return ()
    return (
        _("Avtal som delas med andra myndigheter: kvar gäller alla, bundet er egen del, och ingen dag spås."),
    )


def _is_asked_for(asked: Asked, agreement: AgreementSheet, lot: LotSheet) -> bool:
    wanted = asked.narrowed
    return wanted.agreement_id in (None, agreement.agreement_id) and wanted.lot_id in (None, lot.lot_id)


def _rates(authority: Authority, lots: list[int], *, today: date) -> dict[int, Rate]:
    with connection.cursor() as cursor:
        cursor.execute(
            _RATES,
            {
                "authority": authority.pk,
                "lots": lots,
                "today": today,
                "since": today - timedelta(weeks=WEEKS),
            },
        )
        return {lot: Rate(of_late, delivered) for lot, of_late, delivered in cursor.fetchall()}
