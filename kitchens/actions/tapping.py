"""The tap page: the day's link, taps counted once, and the sum after which they are gone.

Taps keep no pupil, class or device, and stand outside the trail; the sum and the link are in it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Count
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from kitchens.actions.counting import check_two_locked_dishes
from kitchens.actions.menus import locked_row
from kitchens.models import DayTold, DishCount, DishRole, MenuDay, Tap, TapLink, TapMeter
from kitchens.refusals import MoreTapsThanPortions, TapLinkClosed, TapsTooFast
from kitchens.rules.taps import (
    BURST,
    KEPT_DAYS,
    Bucket,
    filled,
    may_be_summed,
    quarter_of,
    taken,
    wait_seconds,
)
from market.rules.calendar import STOCKHOLM

SALT = "kitchens.tap"
DAYS_SUMMED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class TapGiven:
    """One tap with a key of its own, made for it alone, and when it was made by the tablet's clock."""

    key: UUID
    role: str
    at: datetime


def open_taps(*, menu_day: MenuDay, by: Actor) -> str:
    """The signed word of the day's tap page. Opening anew makes all earlier links of the day worthless.

    Raises MenuNotLocked and OneDishOnly.
    """
    nonce = secrets.token_urlsafe(12)
    with acting(by):
        check_two_locked_dishes(locked_row(menu_day.pk))
        TapLink.objects.update_or_create(
            menu_day_id=menu_day.pk,
            defaults={"nonce": nonce, "opened_by_id": by.person_id, "closed_at": None},
        )
    return signed(menu_day.pk, nonce)


def signed(menu_day_id: int, nonce: str) -> str:
    return signing.dumps([menu_day_id, nonce], salt=SALT)


def close_taps(*, menu_day: MenuDay, now: datetime, by: Actor) -> None:
    with acting(by):
        TapLink.objects.filter(menu_day_id=menu_day.pk, closed_at=None).update(closed_at=now)


def link_of(word: str, *, now: datetime) -> TapLink:
    """The link behind a signed word, while its day's taps are still taken. Raises TapLinkClosed."""
    try:
        menu_day_id, nonce = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise TapLinkClosed from None
    link = (
        TapLink.objects.select_related("menu_day__kitchen")
        .prefetch_related("menu_day__dishes__recipe_version__recipe")
        .filter(menu_day=menu_day_id, nonce=nonce, closed_at=None)
        .first()
    )
    if link is None or may_be_summed(day_ends(link.menu_day), now=now):
        raise TapLinkClosed
    return link


def day_ends(menu_day: MenuDay) -> datetime:
    return datetime.combine(menu_day.day + timedelta(days=1), datetime.min.time(), tzinfo=STOCKHOLM)


@dataclass(frozen=True, slots=True)
class TapsTaken:
    """``counted`` were new; ``again`` were counted before; ``refused`` can't be: more taps than guests."""

    counted: int
    again: int
    refused: int


def take_taps(*, link: TapLink, taps: Sequence[TapGiven], now: datetime) -> TapsTaken:
    """Count taps, each key once, oldest first. They may be sent again and again.

    Raises InvalidInput, TapsTooFast (429), TapLinkClosed, and MoreTapsThanPortions where none of them can be. No trail.
    """
    if not 0 < len(taps) <= BURST or any(tap.role not in set(DishRole.values) for tap in taps):
        raise InvalidInput(fields={"taps": [_("Trycken går inte att läsa.")]})
    day = link.menu_day
    with acting(Actor.job("taps")):
        _meter(day, len(taps), now=now)
        if DishCount.objects.filter(menu_day=day, method=DishCount.Method.TAPS).exists():
            raise TapLinkClosed
        asked = {tap.key: tap for tap in sorted(taps, key=lambda tap: tap.at)}
        there = set(Tap.objects.filter(key__in=asked).values_list("key", flat=True))
        new = [tap for key, tap in asked.items() if key not in there]
        fitting = new[: _room(day, len(new))]
        Tap.objects.bulk_create(
            Tap(menu_day=day, role=tap.role, quarter=quarter_of(_of_the_day(tap.at, day, now)), key=tap.key)
            for tap in fitting
        )
    return TapsTaken(counted=len(fitting), again=len(there), refused=len(new) - len(fitting))


def _of_the_day(at: datetime, day: MenuDay, now: datetime) -> datetime:
    """A tablet's clock may be wrong: a tap is of its day, and not of the future."""
    begins = day_ends(day) - timedelta(days=1)
    return min(max(at, begins), now, day_ends(day) - timedelta(minutes=1))


def _meter(day: MenuDay, taps: int, *, now: datetime) -> None:
    """Take the taps from the day's bucket; its row is the queue of concurrent tablets."""
    meter, _fresh = TapMeter.objects.get_or_create(menu_day=day, defaults={"tokens": BURST, "filled_at": now})
    held = TapMeter.objects.select_for_update(no_key=True).get(pk=meter.pk)
    bucket = filled(Bucket(held.tokens, held.filled_at), now=now)
    rest = taken(bucket, taps)
    if rest is None:
        raise TapsTooFast(wait_seconds=wait_seconds(bucket, taps))
    TapMeter.objects.filter(pk=held.pk).update(tokens=rest.tokens, filled_at=rest.at)


def _room(day: MenuDay, new: int) -> int:
    """How many taps more the guests allow. Raises MoreTapsThanPortions where there is no room for any."""
    guests = DayTold.objects.filter(menu_day=day).values_list("guests", flat=True).first()
    if guests is None or not new:
        return new
    counted = Tap.objects.filter(menu_day=day).count()
    if counted >= guests:
        raise MoreTapsThanPortions(taps=counted + new, guests=guests)
    return guests - counted


def sum_taps(*, now: datetime, by: Actor) -> int:
    """Each day whose late taps have had their time: one sum a dish, and the taps are deleted. How many days."""
    last = now.astimezone(STOCKHOLM).date() - timedelta(days=KEPT_DAYS + 1)
    days = MenuDay.objects.filter(day__lte=last, taps__isnull=False).distinct().order_by("pk")
    ids = list(days.values_list("pk", flat=True)[:DAYS_SUMMED_AT_ONCE])
    for pk in ids:
        with acting(by):
            _sum_day(locked_row(pk))
    return len(ids)


def _sum_day(day: MenuDay) -> None:
    """In one transaction, so that no tap is counted both ways or neither."""
    TapMeter.objects.filter(menu_day=day).delete()
    sums = dict(Tap.objects.filter(menu_day=day).values_list("role").annotate(Count("pk")))
    DishCount.objects.bulk_create(
        [
            DishCount(menu_day=day, role=role, method=DishCount.Method.TAPS, portions=sums.get(role, 0))
            for role in DishRole.values
        ],
        ignore_conflicts=True,
    )
    Tap.objects.filter(menu_day=day).delete()
