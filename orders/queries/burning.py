"""How a lot's ceiling went down by delivery month, in one statement, and what its forecast leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from market.models import Commitment
from orders.queries.ceiling_forecasts import LotForecast
from orders.queries.lots import AgreementSheet, LotSheet
from orders.rules.schedules import months_on


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the ceiling on a day, SEK excl. VAT."""

    day: date
    sek: Decimal


@dataclass(frozen=True, slots=True)
class BurnDown:
    """``left`` begins with the agreement and ends at what is left now; ``forecast`` goes on from there, or is empty."""

    left: tuple[Left, ...]
    forecast: tuple[Left, ...]
    ends: date


def burn_down_of(agreement: AgreementSheet, lot: LotSheet, found: LotForecast) -> BurnDown | None:
    """None for a shared lot, whose months would tell others' orders, and before anything is bound."""
    if lot.shared:
        return None
    bound = Commitment.objects.filter(agreement_lot=lot.lot_id).values("month").annotate(sek=Sum("net_sek"))
    months = sorted((row["month"], row["sek"]) for row in bound if row["sek"])
    if not months:
        return None
    left = _left(agreement.valid_from, months, room=lot.room_sek)
    return BurnDown(
        left=left,
        forecast=_forecast(left[-1], found, ends=agreement.last_day),
        ends=agreement.last_day,
    )  # fmt: skip


def _left(begins: date, months: Sequence[tuple[date, Decimal]], *, room: Decimal) -> tuple[Left, ...]:
    """Counted back from what is left now, so that the last point is it to the öre."""
    after = room + sum((sek for _month, sek in months), Decimal(0))
    told = [Left(min(begins, months[0][0]), after)]
    for month, sek in months:
        after -= sek
        told.append(Left(months_on(month, 1) - timedelta(days=1), after))
    return tuple(told)


def _forecast(last: Left, found: LotForecast, *, ends: date) -> tuple[Left, ...]:
    """Empty where nothing can be told, or where it is the weight that decides."""
    told = found.forecast
    if found.unit != "SEK" or not told.pace or ends <= last.day:
        return ()
    if told.likely is not None and told.likely > last.day:
        return (last, Left(told.likely, Decimal(0)))
    return (last, Left(ends, max(Decimal(0), last.sek - told.pace * (ends - last.day).days / 7)))
