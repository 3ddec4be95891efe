"""What an authority's retention rules are, what they would take on a day, and what was taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from django.db import connection
from django.utils.translation import gettext as _

from market.models import Authority
from market.rules.calendar import STOCKHOLM
from orders.models import Disposal, RetentionRule
from orders.rules.retention import kept_from

# Ids of what is older than %(before)s. Of the trail: sealed, and replaced by a later entry of the same row or of a row that is gone.
DISPOSABLE: Mapping[str, str] = MappingProxyType(
    {
        "trail_images": """
  SELECT e.id FROM ground_trailentry e
  WHERE e.authority_id = %(authority)s AND e.at < %(before)s AND e.payload IS NOT NULL AND e.row_id IS NOT NULL
    AND e.id <= (SELECT coalesce(max(s.to_entry), 0) FROM ground_trailseal s WHERE s.authority_id = %(authority)s)
    AND (e.op = 'D' OR EXISTS (
      SELECT 1 FROM ground_trailentry l WHERE l.table_name = e.table_name AND l.row_id = e.row_id AND l.id > e.id))""",
        "refused_lines": """
  SELECT r.id FROM orders_refusedline r WHERE r.authority_id = %(authority)s AND r.refused_at < %(before)s""",
    }
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule in words. ``would_take`` is what it would dispose of on the day that is looked at."""

    rule: RetentionRule
    name: str
    before: date
    would_take: int


def kind_words(kind: str) -> str:
    return {
        "trail_images": _("Ändringsloggens tidigare lägen (vem, när och vad som ändrades står kvar)"),
        "refused_lines": _("Rader som fick avslag"),
    }[kind]


def preview(authority: Authority, *, on: date) -> list[Kept]:
    """Each rule that holds on that day or later, with what it would take were it run on its first day from then."""
    rules = RetentionRule.objects.filter(authority=authority).exclude(valid_to__lt=on)
    found = []
    for rule in rules.order_by("kind", "valid_from"):
        first = kept_from(max(on, rule.valid_from), months=rule.months)
        found.append(
            Kept(
                rule=rule,
                name=kind_words(rule.kind),
                before=first,
                would_take=_count(rule.kind, authority=authority, before=first),
            )
        )
    return found


def _count(kind: str, *, authority: Authority, before: date) -> int:
    asked: dict[str, int | datetime] = {
        "authority": authority.pk,
        "before": datetime.combine(before, time.min, STOCKHOLM),
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({DISPOSABLE[kind]}) AS old", asked)
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Disposed:
    disposal: Disposal
    name: str


def disposed(authority: Authority, *, most: int = 50) -> list[Disposed]:
    """The latest first."""
    rows = Disposal.objects.filter(rule__authority=authority).select_related("rule").order_by("-pk")[:most]
    return [Disposed(disposal=row, name=kind_words(row.rule.kind)) for row in rows]
