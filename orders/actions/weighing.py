"""What a kitchen weighed: written whole, followed and never overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from kitchens.models import Kitchen
from market.models import Product
from orders.models import Weighing, WeighingLine
from orders.refusals import WeighedAlready

MOST_KG = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class WeighingDraft:
    """``kg`` by product, from 0; of a stock both days are the day that was over when it was counted."""

    kind: str
    first_day: date
    last_day: date
    kg: Mapping[int, Decimal] = field(default_factory=dict)
    note: str = ""


def record_weighing(
    *, kitchen: Kitchen, draft: WeighingDraft, today: date, once: Once | None = None, by: Actor
) -> Weighing:
    """Keep what was weighed. Told again for the same days it takes the old one's place, which is kept too.

    Raises InvalidInput for days that can't be, weights below nothing and goods that nobody knows, WeighedAlready where the days of another
    weighing of the same kind are among these.
    """
    _check(draft, today=today)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Weighing.objects.get(pk=act.reply)
        moment = _moment()
        standing = Weighing.objects.filter(kitchen=kitchen, kind=draft.kind, retired_at=None)
        standing.filter(first_day=draft.first_day, last_day=draft.last_day).update(retired_at=moment)
        other = standing.filter(first_day__lte=draft.last_day, last_day__gte=draft.first_day).first()
        if other is not None:
            raise WeighedAlready(first=other.first_day.isoformat(), last=other.last_day.isoformat())
        made = Weighing.objects.create(
            authority_id=kitchen.authority_id,
            kitchen=kitchen,
            kind=draft.kind,
            first_day=draft.first_day,
            last_day=draft.last_day,
            note=draft.note[:200],
            recorded_by_id=by.person_id,
            recorded_at=moment,
        )
        WeighingLine.objects.bulk_create(
            WeighingLine(weighing=made, product_id=product, kg=kg) for product, kg in sorted(draft.kg.items())
        )
        act.answer(made.pk)
    return made


def _check(draft: WeighingDraft, *, today: date) -> None:
    faults: dict[str, list[str]] = {}
    if draft.first_day > draft.last_day or draft.first_day < draft.last_day.replace(day=1):
        faults["last_day"] = [_("Dagarna ska ligga i ordning och inom samma månad.")]
    if draft.last_day > today:
        faults["last_day"] = [_("Välj dagar som har varit.")]
    if draft.kind == Weighing.Kind.STOCK and draft.first_day != draft.last_day:
        faults["last_day"] = [_("Ett lager räknas när en dag är slut: samma dag i båda.")]
    if draft.kind != Weighing.Kind.STOCK and not draft.kg:
        faults["kg"] = [_("Skriv minst en vara.")]
    if any(not kg.is_finite() or not 0 <= kg < MOST_KG for kg in draft.kg.values()):
        faults["kg"] = [_("Vikten är från 0 kg.")]
    if Product.objects.filter(pk__in=list(draft.kg)).count() != len(draft.kg):
        faults["kg"] = [_("Varan finns inte.")]
    if faults:
        raise InvalidInput(fields=faults)


def _moment() -> datetime:
    """One time for both ends of the change; it waits for a figure that is being published, and is later."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE orders_weighing IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment
