"""The charts of /style: each kind once, with unknown figures, long names and a goal."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.charts.bars import Bar, Split, bars, shares
from config.ground.charts.drawing import Drawing, Goal, money, weight
from config.ground.charts.over_time import DayFigure, Series, burn_down, columns, lines


def drawings() -> tuple[Drawing, ...]:
    per_kg = weight("kg CO₂e/kg")
    return (
        bars(
            "style-bars",
            _("Levererat per gård"),
            [
                Bar("Norrgårdens Grönt", Decimal(412_300)),
                Bar("Äspedals lantbruk och Ekonomiska föreningen Sörmlands rotfrukter", Decimal(187_450)),
                Bar("Östra Gårds Kött", Decimal(91_200)),
                Bar("Näshults ägg", None),
            ],
            measure=money(),
        ),
        columns(
            "style-columns",
            _("Levererat per månad"),
            [
                Bar(month, value)
                for month, value in zip(_months(), map(Decimal, _BOUGHT), strict=True)
            ],
            measure=money(),
        ),
        lines(
            "style-lines",
            _("Klimat per kg vara"),
            ["2022", "2023", "2024", "2025", "2026"],
            [
                Series(_("alla kök"), (Decimal("2.21"), Decimal("2.08"), None, Decimal("1.92"), Decimal("1.84"))),
                Series("Vidåkersskolan", (None, Decimal("1.96"), Decimal("1.81"), Decimal("1.74"), Decimal("1.61"))),
            ],
            measure=per_kg,
            goal=Goal(Decimal("1.7"), _("kommunens mål 1,7")),
        ),
        burn_down(
            "style-left",
            _("Kvar av taket, rotfrukter"),
            [
                DayFigure(date(2026, 1, 1), Decimal(900_000)),
                DayFigure(date(2026, 4, 1), Decimal(702_000)),
                DayFigure(date(2026, 7, 1), Decimal(588_000)),
                DayFigure(date(2026, 10, 1), Decimal(331_500)),
            ],
            [DayFigure(date(2026, 10, 1), Decimal(331_500)), DayFigure(date(2027, 3, 11), Decimal(0))],
            measure=money(),
            ends=date(2027, 6, 30),
        ),
        shares(
            "style-shares",
            _("Ekologiskt av värdet"),
            [_("ekologiskt"), _("inte ekologiskt"), _("okänt")],
            [
                Split(_("Mejeri"), (Decimal(310), Decimal(220), Decimal(40))),
                Split(_("Kött"), (Decimal(90), Decimal(700), Decimal(0))),
                Split(_("Ägg"), (Decimal(0), Decimal(0), Decimal(0))),
            ],
        ),
    )  # fmt: skip


_BOUGHT = (82_000, 96_400, 104_250, 91_000, 112_800, 38_100, 9_400, 71_000, 118_900, 124_300, 101_000, 66_700)


def _months() -> list[str]:
    return [date(2026, month, 1).strftime("%m") for month in range(1, 13)]
