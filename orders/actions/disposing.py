"""Disposal by dated rule: a rule is entered by an officer, a look counts what it would take, a job takes it.

Of the trail only what a later entry of the same row replaced is disposed of, and only its image: that it was changed, by
whom, when and through which door stays, and so does the digest that the seals chain.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority
from market.rules.calendar import STOCKHOLM
from orders.models import Disposal, RetentionRule
from orders.queries.disposal import DISPOSABLE
from orders.rules.retention import FEWEST_MONTHS, kept_from

MOST_ROWS = 50_000  # of one kind a run, so that no statement holds its rows for long

# What is disposed of doesn't live on as images in the trail.
_FORGET = (
    "UPDATE ground_trailentry SET payload = NULL"
    " WHERE table_name = 'orders_refusedline' AND row_id = ANY(%s) AND payload IS NOT NULL"
)
_TAKE = {
    RetentionRule.Kind.TRAIL_IMAGES.value: (
        f"UPDATE ground_trailentry SET payload = NULL"
        f" WHERE id IN ({DISPOSABLE['trail_images']} ORDER BY e.id LIMIT %(most)s) RETURNING id"
    ),
    RetentionRule.Kind.REFUSED_LINES.value: (
        f"DELETE FROM orders_refusedline WHERE id IN ({DISPOSABLE['refused_lines']} ORDER BY r.id LIMIT %(most)s)"
        " RETURNING id"
    ),
}


def enter_retention(
    *,
    authority: Authority,
    kind: str,
    months: int,
    decision: str,
    source: str,
    first_day: date,
    officer: User,
    today: date,
    by: Actor,
) -> RetentionRule:
    """From that day the kind is kept so many months; the rule before ends the day before.

    Raises InvalidInput: less than a year, no decision or source, a day that has passed, or one at which a rule begins.
    """
    faults: dict[str, list[str]] = {}
    if months < FEWEST_MONTHS:
        faults["months"] = [_("Ingenting gallras inom ett år.")]
    if first_day <= today:
        faults["first_day"] = [_("En regel börjar tidigast i morgon: titta först på vad den tar.")]
    faults |= {
        name: [_("Fyll i detta.")]
        for name, text in (("decision", decision), ("source", source))
        if not text.strip()
    }
    with acting(by):
        rules = RetentionRule.objects.select_for_update(no_key=True).filter(authority=authority, kind=kind)
        if rules.filter(valid_from__gte=first_day).exists():
            faults["first_day"] = [_("En regel börjar redan den dagen eller senare.")]
        if faults:
            raise InvalidInput(fields=faults)
        rules.on(first_day).update(valid_to=first_day - timedelta(days=1))
        return RetentionRule.objects.create(
            authority=authority,
            kind=kind,
            months=months,
            decision=decision.strip(),
            source=source.strip(),
            valid_from=first_day,
            entered_by=officer,
        )


def dispose(*, now: datetime, by: Actor) -> list[Disposal]:
    """What each rule of today takes, a part of it where it is much. A second run on the same day takes what is left."""
    today = now.astimezone(STOCKHOLM).date()
    done = []
    for rule in RetentionRule.objects.on(today).order_by("pk"):
        before = datetime.combine(kept_from(today, months=rule.months), time.min, STOCKHOLM)
        asked: dict[str, Any] = {"authority": rule.authority_id, "before": before, "most": MOST_ROWS}
        with acting(by), connection.cursor() as cursor:
            cursor.execute(_TAKE[rule.kind], asked)
            taken = [pk for (pk,) in cursor.fetchall()]
            if not taken:
                continue
            if rule.kind == RetentionRule.Kind.REFUSED_LINES:
                cursor.execute(_FORGET, [taken])
            done.append(Disposal.objects.create(rule=rule, before=before, rows=len(taken)))
    return done
