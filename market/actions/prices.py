"""An agreement's price gets an adjustment from a day of delivery on, with what it rests on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import AgreementLot, AgreementPrice, Pack, PriceAdjustment
from market.queries.standing import check_no_interest
from market.refusals import LaterPriceAgreed, NoPriceToChange
from market.rules.calendar import STOCKHOLM
from market.rules.price_adjustment import Adjustment, Fault, adjustment_faults
from suppliers.models import Supplier

ONE_DAY = timedelta(days=1)

SENTENCES: Mapping[Fault, object] = {
    Fault.PRICE_NOT_POSITIVE: gettext_lazy("Ett pris måste vara mer än noll."),
    Fault.PRICE_AS_BEFORE: gettext_lazy("Det är priset som redan gäller."),
    Fault.BACKWARDS: gettext_lazy("Ett pris ändras från i dag eller senare."),
    Fault.CLAUSE_MISSING: gettext_lazy("Skriv vilken klausul eller handling ändringen vilar på."),
    Fault.INDEX_MISSING: gettext_lazy("Skriv indexets namn och båda värdena, större än noll."),
    Fault.NOT_BY_THE_INDEX: gettext_lazy("Priset följer inte indexvärdena: räkna gamla priset × nu ÷ före."),
    Fault.AGREED_WHEN: gettext_lazy("Skriv vilken dag ni kom överens, senast i dag."),
}


def adjust_price(
    *, lot: AgreementLot, supplier: Supplier, pack: Pack, asked: Adjustment, now: datetime, by: Actor
) -> AgreementPrice:
    """From ``asked.first_day`` (of delivery) this price holds; the one before ends the day before.

    What is ordered keeps its promised price; ``market.rules.price_adjustment`` says who must approve the new one.
    Raises InvalidInput, NoPriceToChange, LaterPriceAgreed, ConflictOfInterest.
    """
    with acting(by):
        named = tuple(lot.agreement.named.values_list("authority", flat=True))
        check_no_interest(authority_ids=named, supplier_ids=[supplier.pk], user_id=by.person_id)
        prices = AgreementPrice.objects.filter(agreement_lot=lot, supplier=supplier, pack=pack)
        rows = list(prices.select_for_update(no_key=True).order_by("pk"))
        old = _old_price(rows, pack=pack, first_day=asked.first_day)
        _refuse_faults(asked, old=old, today=now.astimezone(STOCKHOLM).date())
        last_day, old.valid_to = old.valid_to, asked.first_day - ONE_DAY
        old.save(update_fields=["valid_to"])
        price = AgreementPrice.objects.create(
            agreement_lot=lot,
            supplier=supplier,
            product_id=pack.product_id,
            pack=pack,
            price_sek=asked.price_sek,
            per=old.per,
            is_cap=old.is_cap,
            was_sek=old.price_sek,
            adjusted_at=now,
            valid_from=asked.first_day,
            valid_to=last_day,
        )
        PriceAdjustment.objects.create(
            price=price,
            ground=asked.ground,
            clause=asked.clause.strip(),
            index_name=asked.index_name.strip(),
            index_before=asked.index_before,
            index_now=asked.index_now,
            agreed_on=asked.agreed_on,
            reason=by.reason,
            entered_by_id=by.person_id,
        )
        return price


def _old_price(rows: list[AgreementPrice], *, pack: Pack, first_day: date) -> AgreementPrice:
    later = [row for row in rows if row.valid_from >= first_day]
    if later:
        raise LaterPriceAgreed(pack=pack, valid_from=later[0].valid_from)
    old = next((row for row in rows if row.valid_to is None or row.valid_to >= first_day), None)
    if old is None:
        raise NoPriceToChange(pack=pack, day=first_day)
    return old


def _refuse_faults(asked: Adjustment, *, old: AgreementPrice, today: date) -> None:
    fields: dict[str, list[str]] = {}
    for name, fault in adjustment_faults(asked, old_sek=old.price_sek, today=today):
        fields.setdefault(name, []).append(str(SENTENCES[fault]))
    if fields:
        raise InvalidInput(fields=fields)
