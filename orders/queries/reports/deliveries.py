"""``leveranser``: what was due of a period and came on time, in full, was rejected; and whether the farm answered.

Read from the tallies of what was ordered, which count how their lines came, as due: to a delivery day that has been. On time
is handed over at the hub (or, where no hub took it over, received) on the delivery day at the latest. In full is as many packs
as were ordered.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from orders.models import Basis
from orders.queries.reports.asked import Asked
from orders.queries.reports.tallied import fold, opens_to
from orders.queries.reports.telling import name_column, sek_column, stale_note, whole_name
from orders.queries.spend import stale_days
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio

_SUMS = (
    "coalesce(sum(t.lines), 0)::int",
    *(
        f"coalesce(sum(t.{name}), 0)::int"
        for name in ("answered", "received", "arrived", "on_time", "in_full", "rejected")
    ),
    "coalesce(sum(t.net_sek), 0)",
)


def deliveries_report(asked: Asked) -> Report:
    """By supplier, kitchen, lot, category or month; one statement."""
    ordered = replace(asked, basis=Basis.ORDERED)
    found = fold(ordered, _SUMS, until=asked.today)
    whole = found.whole
    parts = tuple(
        Part(part.key, _cells(part.name, part.sums), opens=opens_to(part.key, asked=ordered))
        for part in found.parts
    )
    return Report(
        slug="leveranser",
        told=Told(
            title=_("Leveranser"),
            definition=_(
                "Avrop vars leveransdag varit. I tid: inlämnat på navet senast leveransdagen, eller mottaget då där inget nav tog emot. Fullt: så många förpackningar som beställts. Besvarat: gården har bekräftat eller avböjt."
            ),
            period=asked.period,
            basis=_("beställda avrop mot det som mottogs"),
            source=_("avrop och deras rörelser"),
            coverage=(
                Coverage(ratio(whole[2], whole[0]), _("av raderna har kvitterats av köket")),
                Coverage(ratio(whole[3], whole[0]), _("av raderna har en känd ankomstdag")),
            ),
            narrowed_to=asked.narrowed_to,
            notes=stale_note(stale_days(asked.authority)),
        ),
        columns=_columns(asked.by),
        parts=parts,
        whole=Part("", _cells(whole_name(), whole), opens=asked.opening()),
    )


def _columns(by: str) -> tuple[Column, ...]:
    def share(key: str, heading: str, part: str, of: str, meaning: str) -> Column:
        return Column(key, heading, Kind.SHARE, Whole.RATIO, (part, of), meaning=meaning)

    def count(key: str, heading: str) -> Column:
        return Column(key, heading, Kind.COUNT, whole=Whole.SUM)

    return (
        name_column(by),
        sek_column(),
        count("due", _("Avrop")),
        count("answered", _("Besvarade")),
        share("answered_share", _("Andel besvarade"), "answered", "due", _("av avropen")),
        count("received", _("Mottagna")),
        count("arrived", _("Känd ankomst")),
        count("on_time", _("I tid")),
        share("on_time_share", _("Andel i tid"), "on_time", "arrived", _("av dem vars ankomst är känd")),
        count("in_full", _("Fulla")),
        share("in_full_share", _("Andel fulla"), "in_full", "received", _("av de mottagna")),
        count("rejected", _("Avvisade")),
        share(
            "rejected_share", _("Andel avvisade"), "rejected", "received", _("mottagna där något avvisades")
        ),
    )


def _cells(name: str, sums: tuple[Any, ...]) -> tuple[Cell, ...]:
    due, answered, received, arrived, on_time, in_full, rejected, sek = sums
    return (
        name,
        sek,
        due,
        answered,
        ratio(answered, due),
        received,
        arrived,
        on_time,
        ratio(on_time, arrived),
        in_full,
        ratio(in_full, received),
        rejected,
        ratio(rejected, received),
    )
