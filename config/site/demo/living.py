"""The invented people live their weeks: order, close, answer, take over, receive, send back, through the real actions.

Whatever would have happened by ``now`` happens, at the time at which it would have. The rest is left to whoever opens
the demo: the first kitchen has not received its latest delivery, and half of the farms have not answered what is to
come.
"""

from datetime import date, datetime, time, timedelta

from config.ground.trail import Actor, acting
from config.site.demo.cast import Cast, Cook, cast_of
from config.site.demo.fill import LIVED_BACK, WEEKS, Filled, fill, post_offers
from config.site.demo.habits import lay_habits
from config.site.demo.plans import Plan
from config.site.demo.scene import Lived, Scene, play
from config.site.demo.waiting import lay_waiting_award
from market.actions.delivery import plan_runs
from market.models import DeliveryRun, Hub
from market.rules.calendar import STOCKHOLM
from orders.actions.tallying import tally_dirty

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MOST_WEEKS_BACK = LIVED_BACK // WEEK - 1
BUSY_WEEKS, THIS_WEEK = 3, -2  # from the end: the next week is the last, this one before it
ORDERS_EVERY_DAY = 3  # each third kitchen orders for all of its hub's days, the others for the week's first


def fill_and_live(plan: Plan, *, weeks_back: int, now: datetime, by: Actor) -> tuple[Filled, Lived]:
    """Lay the municipality and live its weeks up to ``now``, in one transaction; one that is known only gets new offers.

    ``weeks_back`` is at most MOST_WEEKS_BACK; with 0 nothing is lived. Nobody else sees the weeks before they are lived, so that no job closes a run in which nobody has ordered yet.
    """
    with acting(by):
        filled = fill(plan, today=_day(now), by=by)
        if not (filled.municipality and weeks_back):
            return filled, Lived()
        lived = live(plan, weeks_back=weeks_back, now=now, by=by)
        cast = cast_of(plan)
        lay_habits(cast, today=_day(now), weeks_posted=WEEKS)
        if plan.authority.second_officer:
            lay_waiting_award(plan.authority, cast, now=now, by=by)
        return filled, lived


def live(plan: Plan, *, weeks_back: int, now: datetime, by: Actor) -> Lived:
    """Live so many whole weeks before the one of ``now``, that one, and what has been ordered for the next."""
    first_monday = _day(now) - timedelta(days=_day(now).weekday()) - weeks_back * WEEK
    mondays = [first_monday + number * WEEK for number in range(weeks_back + 2)]
    post_offers(plan, mondays=mondays, by=by)
    cast = cast_of(plan)
    lived = Lived()
    for scene in _scenes(cast, mondays, now=now, lived=lived, by=by):
        play(scene, by=by)
    while tally_dirty(by=by):
        pass
    return lived


def _day(now: datetime) -> date:
    return now.astimezone(STOCKHOLM).date()


def _scenes(cast: Cast, mondays: list[date], *, now: datetime, lived: Lived, by: Actor) -> list[Scene]:
    """All days of this week, the hubs' first days of the weeks beside it; before that the hubs take turns."""
    days = [
        (week, hub, day)
        for week, monday in enumerate(mondays)
        for hub, day in _days_of(cast, mondays, monday)
    ]
    for day in sorted({day for _week, _hub, day in days}):
        plan_runs(today=day, days_ahead=0, by=by)
    laid = set(DeliveryRun.objects.filter(delivery_date__gte=mondays[0]).values_list("hub", "delivery_date"))
    days = [each for each in days if (each[1].pk, each[2]) in laid]  # a holiday is no delivery day
    over = [day for _week, hub, day in days if hub == cast.hubs[0] and _morning(day) <= now]
    return [
        Scene(
            cast=cast,
            hub=hub,
            day=day,
            number=number,
            week=week,
            cooks=_cooks_of(cast, hub, day),
            waits=hub == cast.hubs[0] and day == max(over, default=None),
            now=now,
            lived=lived,
        )
        for number, (week, hub, day) in enumerate(days)
    ]


def _days_of(cast: Cast, mondays: list[date], monday: date) -> list[tuple[Hub, date]]:
    back = mondays.index(monday) - len(mondays)
    hubs = cast.hubs if back >= -BUSY_WEEKS else [cast.hubs[back % len(cast.hubs)]]
    return [
        (hub, monday + (int(weekday) - 1) * DAY)
        for hub in hubs
        for weekday in (hub.weekdays if back == THIS_WEEK else hub.weekdays[:1])
    ]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(7, 30), tzinfo=STOCKHOLM)


def _cooks_of(cast: Cast, hub: Hub, day: date) -> list[Cook]:
    is_first = day.isoweekday() == int(hub.weekdays[0])
    return [
        cook
        for cook in cast.cooks
        if cook.kitchen.hub_id == hub.pk and (is_first or cook.place % ORDERS_EVERY_DAY == 0)
    ]
