"""The year of months on the officer's first page, drawn."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from config.ground import figures
from config.ground.charts.bars import Bar
from config.ground.charts.drawing import Drawing, Goal, money, share, weight
from config.ground.charts.over_time import Series, columns, lines
from orders.queries.desk import Month


def drawings_of(months: Sequence[Month], *, goal: Decimal | None) -> tuple[Drawing, ...]:
    """Delivered kronor, kg CO2e per kg and organic share by month. Nothing, where nothing was delivered in the year."""
    if not any(month.net_sek for month in months):
        return ()
    names = [formats.date_format(month.first, "b") for month in months]
    line = None if goal is None else Goal(goal, _("mål %(goal)s") % {"goal": figures.number(goal, most=2)})
    return (
        columns(
            "month-sek",
            _("Levererat per månad"),
            [Bar(name, month.net_sek) for name, month in zip(names, months, strict=True)],
            measure=money(),
        ),
        lines(
            "month-climate",
            _("Klimat per kg, levererat"),
            names,
            [Series(_("av det som har en faktor"), tuple(month.per_kg for month in months))],
            measure=weight("kg CO₂e/kg"),
            goal=line,
        ),
        lines(
            "month-organic",
            _("Ekologiskt av värdet, levererat"),
            names,
            [Series(_("ekologisk andel"), tuple(month.organic for month in months))],
            measure=share(),
        ),
    )  # fmt: skip
