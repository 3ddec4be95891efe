"""The product register: names, what is the same goods under two names, and the dated answers of where goods belong."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from market.models import (
    CpvMapping,
    LotProduct,
    NeedCategory,
    NeedMapping,
    Offer,
    Product,
    VatClass,
    VatMapping,
)
from market.refusals import MappingBegins, ProductInUse

LONGEST_NAME = 120
LONGEST_SYNONYM = 80
MOST_SYNONYMS = 30


def rename_product(
    *,
    product: Product,
    name_sv: str,
    name_en: str,
    synonyms: Sequence[str],
    season_months: Sequence[int],
    once: Once | None = None,
    by: Actor,
) -> None:
    """New names, words and season. What was promised under the old name stands. Raises InvalidInput."""
    faults: dict[str, list[str]] = {}
    for field, name in (("name_sv", name_sv), ("name_en", name_en)):
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            faults[field] = [_("Skriv ett namn, högst 120 tecken.")]
    words = tuple(dict.fromkeys(word.strip() for word in synonyms if word.strip()))
    if len(words) > MOST_SYNONYMS or any(len(word) > LONGEST_SYNONYM for word in words):
        faults["synonyms"] = [_("Högst 30 ord, vart och ett högst 80 tecken.")]
    if not set(season_months) <= set(range(1, 13)):
        faults["season_months"] = [_("Välj månader i listan.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        held = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
        held.name_sv, held.name_en = name_sv.strip(), name_en.strip()
        held.synonyms, held.season_months = list(words), sorted(set(season_months))
        held.name_again()
        fields = ["name_sv", "name_en", "synonyms", "season_months", "sort_key", "search_words"]
        try:
            with transaction.atomic():
                held.save(update_fields=fields)
        except IntegrityError:
            raise InvalidInput(fields={"name_sv": [_("En vara heter redan så.")]}) from None
        act.answer(held.pk)


def merge_products(*, kept: Product, gone: Product, today: date, once: Once | None = None, by: Actor) -> None:
    """``gone`` is the same goods as ``kept``: its names become words that find ``kept``, nothing new is made of it.

    What was ordered of it stands as it was. Raises ProductInUse while it lies in an agreement or is on offer, and
    InvalidInput for goods that can't be the same.
    """
    if kept.pk == gone.pk or kept.base_unit != gone.base_unit:
        raise InvalidInput(fields={"into": [_("Varorna måste vara två och räknas i samma enhet.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        held = {
            each.pk: each
            for each in Product.objects.select_for_update(no_key=True)
            .filter(pk__in=[kept.pk, gone.pk])
            .order_by("pk")
        }
        kept, gone = held[kept.pk], held[gone.pk]
        if kept.merged_into_id or gone.merged_into_id:
            raise InvalidInput(fields={"into": [_("Den ena är redan ihopslagen med en annan.")]})
        if places := _in_use(gone, today=today):
            raise ProductInUse(name=gone.name_sv, where=", ".join(places))
        words = dict.fromkeys([*kept.synonyms, gone.name_sv, *gone.synonyms])
        kept.synonyms = [word[:LONGEST_SYNONYM] for word in words if word != kept.name_sv]
        kept.name_again().save(update_fields=["synonyms", "sort_key", "search_words"])
        Product.objects.filter(merged_into=gone).update(merged_into=kept)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        act.answer(gone.pk)


def _in_use(product: Product, *, today: date) -> list[str]:
    """Agreements that hold the product from today on, and farms that have it out."""
    lots = LotProduct.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        product=product,
        agreement_lot__agreement__valid_to__gte=today,
    ).values_list("agreement_lot__agreement__title", flat=True)
    farms = Offer.objects.filter(product=product, withdrawn_at=None, pool__valid_to__gte=today).values_list(
        "supplier__name", flat=True
    )
    return [*lots.distinct()[:3], *farms.distinct()[:3]]


def map_vat(
    *,
    product: Product,
    vat_class: VatClass,
    first_day: date,
    reason: str,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> None:
    """The product's VAT class from that day on. Raises InvalidInput, MappingBegins."""
    _map(
        VatMapping,
        {"product": product},
        {"vat_class": vat_class},
        first_day,
        reason,
        today=today,
        once=once,
        by=by,
    )


def map_cpv(
    *,
    product: Product,
    cpv: str,
    first_day: date,
    reason: str,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> None:
    """The product's CPV code from that day on. Raises InvalidInput, MappingBegins."""
    digits = cpv.strip()
    if not (digits[:8].isascii() and digits[:8].isdigit() and len(digits) in {8, 10}):
        raise InvalidInput(fields={"cpv": [_("Skriv åtta siffror, till exempel 03212100.")]})
    _map(CpvMapping, {"product": product}, {"cpv": digits}, first_day, reason, today=today, once=once, by=by)


def map_need(
    *,
    product: Product,
    need: NeedCategory,
    first_day: date,
    reason: str,
    today: date,
    once: Once | None = None,
    by: Actor,
) -> None:
    """The need that the product belongs to for the need's authority (5 kap. 11 § LOU). Raises as ``map_vat``."""
    _map(
        NeedMapping,
        {"product": product, "authority": need.authority},
        {"need_category": need},
        first_day,
        reason,
        today=today,
        once=once,
        by=by,
    )


def _map(
    table: type[Any],
    of: dict[str, Any],
    to: dict[str, Any],
    first_day: date,
    reason: str,
    *,
    today: date,
    once: Once | None,
    by: Actor,
) -> None:
    """End what holds the day before, and begin the new. The past is never mapped anew."""
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Skriv varför.")]})
    with acting(by, once=once) as act:
        if act.reply is not None:
            return
        Product.objects.select_for_update(no_key=True).get(pk=of["product"].pk)
        rows = table.objects.filter(**of)
        if first_day < today and rows.exists():
            raise InvalidInput(
                fields={"first_day": [_("Välj i dag eller senare: det som varit ändras inte.")]}
            )
        later = rows.filter(valid_from__gte=first_day).order_by("valid_from").first()
        if later is not None:
            raise MappingBegins(valid_from=later.valid_from.isoformat())
        rows.filter(Q(valid_to=None) | Q(valid_to__gte=first_day)).update(
            valid_to=first_day - timedelta(days=1)
        )
        table.objects.create(
            **of, **to, valid_from=first_day, reason=reason.strip()[:200], mapped_by_id=act.by.user_id
        )
        act.answer(of["product"].pk)
