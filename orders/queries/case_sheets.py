"""The sheets of a case: what each holds, and which of its columns may be withheld and as what."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from config.ground.models import User
from market.models import Agreement, AgreementPrice, LotParty
from orders.models import CallOff, Order
from orders.queries.awards import basis_name
from orders.queries.officer_words import allotment_name, kind_name, regime_name
from orders.queries.why import Trace, Why
from orders.rules.secrecy import Record, Secret, Sheet, SheetColumn


def agreement_sheet(agreement: Agreement) -> Sheet:
    rests_on = getattr(agreement, "assessment", None)
    doc = getattr(agreement, "documentation", None)
    told: list[tuple[SheetColumn, object]] = [
        (SheetColumn("title", _("Avtal")), agreement.title),
        (SheetColumn("case_number", _("Diarienummer")), agreement.case_number),
        (SheetColumn("kind", _("Slag")), kind_name(agreement.kind)),
        (SheetColumn("regime", _("Regelverk")), regime_name(agreement.regime)),
        (SheetColumn("valid_from", _("Från och med")), agreement.valid_from),
        (SheetColumn("valid_to", _("Till och med")), agreement.valid_to),
        (SheetColumn("terminated_on", _("Uppsagt")), agreement.terminated_on),
        (SheetColumn("signed_at", _("Undertecknat")), agreement.signed_at),
        (SheetColumn("signed_by", _("Undertecknat av"), Secret.PEOPLE), _name(agreement.signed_by)),
        (
            SheetColumn("need", _("Behov")),
            agreement.need_category.name if agreement.need_category else None,
        ),
        (SheetColumn("reason", _("Skäl till valet"), Secret.TEXTS), agreement.reason),
    ]
    if rests_on is not None:
        told += [
            (SheetColumn("back_12_sek", _("Tolv månader bakåt")), rests_on.back_12_sek),
            (SheetColumn("financial_year_sek", _("Förra räkenskapsåret")), rests_on.financial_year_sek),
            (SheetColumn("ahead_12_sek", _("Tolv månader framåt")), rests_on.ahead_12_sek),
            (SheetColumn("basis", _("Värdet räknat på")), basis_name(rests_on.basis)),
            (SheetColumn("value_sek", _("Behovets värde")), rests_on.value_sek),
            (SheetColumn("limit_sek", _("Gräns")), rests_on.limit_sek),
            (SheetColumn("paragraph", _("Lagrum")), rests_on.paragraph),
            (SheetColumn("value_reason", _("Skäl till värdet"), Secret.TEXTS), rests_on.reason),
        ]
    if doc is not None:
        told += [
            (SheetColumn("object", _("Vad som köps"), Secret.TEXTS), doc.object_text),
            (SheetColumn("competition", _("Hur konkurrensen togs till vara"), Secret.TEXTS), doc.competition),
            (SheetColumn("asked", _("Vilka som tillfrågades"), Secret.TEXTS), doc.asked),
            (SheetColumn("bids", _("Antal som lämnade anbud")), doc.bids),
            (SheetColumn("main_reason", _("Avgörande skäl till valet"), Secret.TEXTS), doc.main_reason),
            (SheetColumn("closed_on", _("Färdig")), doc.closed_on),
        ]
    columns, values = zip(*told, strict=True)
    return Sheet("avtal", _("Avtalet"), tuple(columns), (Record(tuple(values)),))


def lots_sheet(agreement: Agreement) -> Sheet:
    return Sheet(
        "delkontrakt",
        _("Delkontrakt"),
        (
            SheetColumn("lot", _("Delkontrakt")),
            SheetColumn("allotment", _("Fördelning")),
            SheetColumn("ceiling_sek", _("Takvärde")),
            SheetColumn("ceiling_kg", _("Tak i kg")),
        ),
        tuple(
            Record((lot.name, allotment_name(lot.allotment), lot.ceiling_sek, lot.ceiling_kg))
            for lot in agreement.lots.order_by("pk")
        ),
    )


def parties_sheet(parties: Iterable[LotParty]) -> Sheet:
    """A sole trader's number is a person's and is never here."""
    return Sheet(
        "leverantorer",
        _("Leverantörer"),
        (
            SheetColumn("lot", _("Delkontrakt")),
            SheetColumn("rank", _("Rang")),
            SheetColumn("supplier", _("Leverantör")),
            SheetColumn("org_number", _("Organisationsnummer")),
        ),
        tuple(
            Record(
                (party.agreement_lot.name, party.rank, party.supplier.name, party.supplier.public_number),
                supplier_id=party.supplier_id,
            )
            for party in parties
        ),
    )


def prices_sheet(agreement: Agreement) -> Sheet:
    prices = (
        AgreementPrice.objects.filter(agreement_lot__agreement=agreement)
        .select_related("agreement_lot", "supplier", "product", "pack")
        .order_by("agreement_lot_id", "supplier_id", "product_id", "valid_from", "pk")
    )
    return Sheet(
        "priser",
        _("Priser"),
        (
            SheetColumn("lot", _("Delkontrakt")),
            SheetColumn("supplier", _("Leverantör")),
            SheetColumn("product", _("Vara")),
            SheetColumn("pack", _("Förpackning")),
            SheetColumn("price_sek", _("Pris"), Secret.PRICES),
            SheetColumn("per", _("Pris per")),
            SheetColumn("is_cap", _("Takpris")),
            SheetColumn("valid_from", _("Från och med")),
            SheetColumn("valid_to", _("Till och med")),
        ),
        tuple(
            Record(
                (
                    price.agreement_lot.name,
                    price.supplier.name,
                    price.product.name_sv,
                    str(price.pack),
                    price.price_sek,
                    price.per,
                    _("ja") if price.is_cap else _("nej"),
                    price.valid_from,
                    price.valid_to,
                ),
                supplier_id=price.supplier_id,
            )
            for price in prices
        ),
    )


def order_sheet(order: Order) -> Sheet:
    return Sheet(
        "bestallning",
        _("Beställningen"),
        (
            SheetColumn("line", _("Rad")),
            SheetColumn("kitchen", _("Kök")),
            SheetColumn("delivery_date", _("Leveransdag")),
            SheetColumn("arrived_at", _("Nådde huset")),
            SheetColumn("placed_by", _("Beställd av"), Secret.PEOPLE),
            SheetColumn("product", _("Vara")),
            SheetColumn("quantity", _("Begärt")),
            SheetColumn("note", _("Anteckning"), Secret.TEXTS),
        ),
        tuple(
            Record(
                (
                    line.position,
                    order.kitchen.name,
                    order.delivery_date,
                    order.arrived_at,
                    order.placed_by.name,
                    line.product.name_sv,
                    line.quantity,
                    line.note,
                )
            )
            for line in order.lines.select_related("product").order_by("position", "pk")
        ),
    )


def call_offs_sheet(call_offs: Iterable[CallOff]) -> Sheet:
    """A value is a price times packs: it is withheld where the price is."""
    return Sheet(
        "avrop",
        _("Avrop"),
        (
            SheetColumn("call_off", _("Avrop")),
            SheetColumn("delivery_date", _("Leveransdag")),
            SheetColumn("kitchen", _("Kök")),
            SheetColumn("supplier", _("Leverantör")),
            SheetColumn("product", _("Vara")),
            SheetColumn("pack", _("Förpackning")),
            SheetColumn("packs", _("Antal")),
            SheetColumn("kg", _("kg")),
            SheetColumn("price_sek", _("Pris"), Secret.PRICES),
            SheetColumn("net_sek", _("Värde"), Secret.PRICES),
            SheetColumn("state", _("Läge")),
        ),
        tuple(
            Record(
                (
                    each.pk,
                    each.delivery_date,
                    each.kitchen.name,
                    each.supplier.name,
                    each.promise["product"],
                    each.promise["pack"],
                    each.packs,
                    each.kg,
                    each.price_sek,
                    each.net_sek,
                    _STATES[each.state](),
                ),
                supplier_id=each.supplier_id,
            )
            for each in call_offs
        ),
    )


_STATES = {
    CallOff.State.PLACED.value: lambda: _("Beställt"),
    CallOff.State.REPLACED.value: lambda: _("Ersatt"),
    CallOff.State.CANCELLED.value: lambda: _("Avbeställt"),
}


def judged_sheet(whys: Sequence[Why]) -> Sheet:
    """The sentences tell what room was left before and after, and so a value: they go with the prices."""
    return Sheet(
        "regler",
        _("Reglerna"),
        (
            SheetColumn("call_off", _("Avrop")),
            SheetColumn("rule", _("Regel"), Secret.PRICES),
            SheetColumn("paragraph", _("Paragraf")),
            SheetColumn("outcome", _("Utfall")),
        ),
        tuple(
            Record(
                (
                    why.call_off.pk,
                    each.sentence,
                    each.paragraph if each.confirmed else f"{each.paragraph} ({_('ej bekräftad')})",
                    _("uppfylld") if each.ok else _("ledde vidare"),
                ),
                supplier_id=why.call_off.supplier_id,
            )
            for why in whys
            for each in (*why.passed, *why.passed_over)
        ),
    )


def movements_sheet(whys: Sequence[Why]) -> Sheet:
    return Sheet(
        "handelser",
        _("Händelser"),
        (
            SheetColumn("call_off", _("Avrop")),
            SheetColumn("what", _("Händelse")),
            SheetColumn("at", _("När")),
            SheetColumn("packs", _("Antal")),
            SheetColumn("kg", _("kg")),
            SheetColumn("net_sek", _("Värde"), Secret.PRICES),
            SheetColumn("goods_lot", _("Parti")),
        ),
        tuple(
            Record(
                (why.call_off.pk, each.what, each.at, each.packs, each.kg, each.net_sek, each.goods_lot),
                supplier_id=why.call_off.supplier_id,
            )
            for why in whys
            for each in why.movements
        ),
    )


def trail_sheet(trail: Sequence[Trace]) -> Sheet:
    return Sheet(
        "spar",
        _("Vem, när och genom vilken dörr"),
        (
            SheetColumn("who", _("Vem"), Secret.PEOPLE),
            SheetColumn("at", _("När")),
            SheetColumn("what", _("Vad")),
            SheetColumn("door", _("Dörr")),
            SheetColumn("reason", _("Skäl"), Secret.TEXTS),
        ),
        tuple(Record((each.who, each.at, each.what, each.door, each.reason)) for each in trail),
    )


def _name(user: User | None) -> str | None:
    return user.name if user else None
