"""How a lot's ceiling went down by delivery month, and what the rate of late leaves of it: two statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from market.models import Authority, Commitment
from orders.queries.lots import AgreementSheet, LotSheet
from orders.queries.reports.ceilings import weekly_rate
from orders.rules.burning import WEEK, reached_on
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


def burn_down_of(
    authority: Authority, agreement: AgreementSheet, lot: LotSheet, *, today: date
) -> BurnDown | None:
    """None for a shared lot, whose months would tell others' orders, and before anything is bound."""
    if lot.shared:
        return None
    bound = Commitment.objects.filter(agreement_lot=lot.lot_id).values("month").annotate(sek=Sum("net_sek"))
    months = sorted((row["month"], row["sek"]) for row in bound if row["sek"])
    if not months:
        return None
    left = _left(agreement.valid_from, months, room=lot.room_sek)
    rate = weekly_rate(authority, lot.lot_id, today=today)
    return BurnDown(
        left=left,
        forecast=_forecast(left[-1], rate, ends=agreement.last_day) if agreement.last_day > left[-1].day else (),
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


def _forecast(last: Left, rate: Decimal, *, ends: date) -> tuple[Left, ...]:
    day = reached_on(room=last.sek, rate_per_week=rate, today=last.day)
    if day is not None and last.day < day <= ends:
        return (last, Left(day, Decimal(0)))
    if rate <= 0 or last.sek <= 0:
        return ()
    return (last, Left(ends, last.sek - rate * (ends - last.day).days / WEEK))
