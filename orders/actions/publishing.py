"""Publishing a climate figure: said once, kept with all its keys, corrected only by a new version."""

from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from config.ground.trail import Actor, acting
from market.models import Authority
from market.queries.factors import active_set
from market.rules.uncertainty import Drawn
from orders.models import PublishedTally
from orders.queries.published import (
    CODE_VERSION,
    PUBLISHED,
    Asked,
    CountedFigure,
    count_figure,
    is_open,
    standing_published,
)
from orders.refusals import (
    CorrectionNeedsReason,
    NoFactorSetInUse,
    NothingNewToPublish,
    NothingToCount,
    PeriodNotOver,
)
from orders.rules.periods import Period

GRAM = Decimal("0.001")

# Writers finish first and new ones wait: what is recorded before the cut-off is there when it is taken. A statement that
# waits may have begun before, so movements are cut by their number and not by their time. In one order, always.
_HOLD = "LOCK TABLE market_foodmapping, market_climatefactor, orders_movement, orders_weighing IN SHARE MODE"
_CUT = "SELECT clock_timestamp(), coalesce((SELECT max(id) FROM orders_movement), 0)"


def publish_tally(
    *, authority: Authority, period: Period, basis: str, today: date, reason: str = "", by: Actor
) -> PublishedTally:
    """Publish the figure of a period that is over, by the set in use, as a first version or as a correction.

    What nothing is known of is no zero: it is not published, and a correction to nothing is kept without a figure. Raises
    PeriodNotOver, NoFactorSetInUse, NothingToCount; CorrectionNeedsReason, and NothingNewToPublish for a correction that
    would say the same.
    """
    if (
        basis not in PUBLISHED
        or period.last >= today
        or is_open(authority, first=period.first, last=period.last)
    ):
        raise PeriodNotOver(last=period.last.isoformat())
    with acting(by):
        factor_set = active_set()
        if factor_set is None:
            raise NoFactorSetInUse
        until, movements_until = _cut_off()
        asked = Asked(
            authority_id=authority.pk,
            basis=basis,
            first=period.first,
            last=period.last,
            factor_set_id=factor_set.pk,
            until=until,
            movements_until=movements_until,
        )
        before = standing_published(authority, basis=basis, first=period.first, last=period.last)
        if before is not None and not reason.strip():
            raise CorrectionNeedsReason
        counted = count_figure(asked)
        if before is None and not counted.sums.lines_covered:
            raise NothingToCount
        if before is not None and _says_the_same(before, counted, asked):
            raise NothingNewToPublish(published=before.pk)
        return _write(asked, counted, before=before, reason=reason.strip(), by=by)


def _cut_off() -> tuple[datetime, int]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD)
        cursor.execute(_CUT)
        until, movements_until = cursor.fetchone()
        return until, movements_until


def _says_the_same(before: PublishedTally, counted: CountedFigure, asked: Asked) -> bool:
    return (before.lines_sha256, before.factor_set_id) == (counted.lines_sha256, asked.factor_set_id)


def _write(
    asked: Asked, counted: CountedFigure, *, before: PublishedTally | None, reason: str, by: Actor
) -> PublishedTally:
    sums = counted.sums
    sure = counted.sure if sums.lines_covered else None
    return PublishedTally.objects.create(
        authority_id=asked.authority_id,
        basis=asked.basis,
        period_first=asked.first,
        period_last=asked.last,
        factor_set_id=asked.factor_set_id,
        recorded_until=asked.until,
        movements_until=asked.movements_until,
        lines=sums.lines,
        lines_covered=sums.lines_covered,
        lines_without_kg=sums.lines_without_weight,
        lines_sha256=counted.lines_sha256,
        co2e_kg=sums.co2e_kg,
        kg_total=sums.kg_total,
        kg_covered=sums.kg_covered,
        net_sek_total=sums.net_sek_total,
        net_sek_covered=sums.net_sek_covered,
        low=None if sure is None else sure.low.quantize(GRAM),
        high=None if sure is None else sure.high.quantize(GRAM),
        seed=sure.seed if isinstance(sure, Drawn) else None,
        code_version=CODE_VERSION,
        reason=reason[:300],
        supersedes=before,
        published_by_id=by.person_id,
    )
