"""The parts that a world is made of, each a few rows. Used by ``world`` only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from stdnum import luhn

from config.ground.models import User
from config.ground.people import PersonDraft, add_people
from config.ground.trail import Actor
from kitchens.actions.kitchens import KitchenDraft, open_kitchens
from kitchens.actions.kitchens import add_member as add_kitchen_member
from kitchens.models import Kitchen
from market.actions.offers import OfferDraft, publish_offers
from market.actions.parties import add_authority_member, add_hub_worker, open_authority, open_hub
from market.actions.products import PackDraft, ProductDraft, add_products
from market.actions.reference import load_reference
from market.models import (
    Authority,
    DeliveryRun,
    Hub,
    LawParagraph,
    Offer,
    Pack,
    Product,
    StockPool,
    SupplierRun,
)
from market.queries.food_law import must_say_slaughter
from market.rules.calendar import cut_off_at
from suppliers.actions import add_certificate, register_supplier
from suppliers.actions import add_member as add_farm_member
from suppliers.models import Supplier
from tests.factories.specs import Farm, Goods, PackOf

TESTS = Actor.job("tests")
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class People:
    """One person a role; ``farmers`` in the order of the farms. ``outsider`` belongs nowhere."""

    manager: User
    staff: User
    officer: User
    auditor: User
    farmers: list[User]
    hub_worker: User
    admin: User
    outsider: User


def valid_number(head: str) -> str:
    """An organisation number of an invented body, its check digit right."""
    return head + str(luhn.calc_check_digit(head))


def make_law() -> None:
    """The shipped reference data, once a database."""
    if not LawParagraph.objects.exists():
        load_reference(by=TESTS)


def make_authority(number: int) -> Authority:
    return open_authority(
        name=f"Provkommun {number}",
        code=f"PROV{number}",
        org_number=valid_number(f"21299{number:04d}"),
        by=TESTS,
    )


def make_suppliers(farms: Sequence[Farm]) -> list[Supplier]:
    first = Supplier.objects.count()
    suppliers = [
        register_supplier(
            name=farm.name,
            legal_form=Supplier.LegalForm.COMPANY,
            number=valid_number(f"5599{first + place:05d}"),
            email=f"gard{first + place}@gardar.example",
            by=TESTS,
        )
        for place, farm in enumerate(farms)
    ]
    for farm, supplier in zip(farms, suppliers, strict=True):
        _make_papers(farm, supplier)
        if farm.bankrupt:
            Supplier.objects.filter(pk=supplier.pk).update(is_bankrupt=True)
    return suppliers


def _make_papers(farm: Farm, supplier: Supplier) -> None:
    papers = [(kind, farm.permits_to) for kind in farm.permits]
    papers += [(kind, farm.labels_to) for kind in farm.labels]
    for kind, last in papers:
        add_certificate(
            supplier=supplier,
            kind=kind,
            number=f"{kind}-{supplier.pk}",
            issuer="Provorganet",
            group_codes=["food"],
            valid_from=LONG_AGO,
            valid_to=last,
            by=TESTS,
        )


def make_goods(goods: Sequence[Goods]) -> tuple[list[Product], dict[int, list[Pack]]]:
    """Each kind of goods once a database: a second world of the same name finds the first one's."""
    there = set(Product.objects.values_list("name_sv", flat=True))
    new = [_draft(one) for one in goods if one.name not in there]
    add_products(drafts=new, first_day=LONG_AGO, by=TESTS)
    by_name = {product.name_sv: product for product in Product.objects.all()}
    products = [by_name[one.name] for one in goods]
    return products, {product.pk: list(product.packs.order_by("pk")) for product in products}


def _draft(goods: Goods) -> ProductDraft:
    return ProductDraft(
        name_sv=goods.name,
        name_en=goods.name,
        category="other",
        base_unit=goods.unit,
        kg_per_base=goods.kg_per_base,
        packs=tuple(_pack(pack, unit=goods.unit) for pack in goods.packs),
        group=goods.group,
        cpv=goods.cpv,
        food=goods.food,
    )


def _pack(pack: PackOf, *, unit: str) -> PackDraft:
    name = pack.name or f"{pack.base} {unit}"
    return PackDraft(name_sv=name, name_en=name, base_per_pack=Decimal(pack.base), tolerance=pack.tolerance)


def make_run(number: int, delivery_date: date) -> tuple[Hub, DeliveryRun]:
    """A hub with its run on the day, whatever the calendar says of it."""
    hub = open_hub(name=f"Provnavet {number}", weekdays=str(delivery_date.isoweekday()), by=TESTS)
    return hub, DeliveryRun.objects.create(hub=hub, delivery_date=delivery_date)


def make_supplier_runs(
    run: DeliveryRun, farms: Sequence[Farm], suppliers: Sequence[Supplier], cut_off: datetime | None
) -> dict[int, SupplierRun]:
    usual = cut_off or cut_off_at(delivery_date=run.delivery_date, lead_working_days=2, at=time(12))
    return {
        supplier.pk: SupplierRun.objects.create(
            delivery_run=run,
            supplier=supplier,
            delivery_date=run.delivery_date,
            cut_off=(farm.cut_off or usual).astimezone(UTC),
        )
        for farm, supplier in zip(farms, suppliers, strict=True)
        if farm.runs
    }


def make_stock(
    delivery_date: date,
    farms: Sequence[Farm],
    suppliers: Sequence[Supplier],
    products: Sequence[Product],
    packs: dict[int, list[Pack]],
) -> tuple[dict[tuple[int, int], StockPool], dict[tuple[int, int], Offer]]:
    """Pools of the week of the delivery date, by (supplier, product); offers by (supplier, pack)."""
    monday = delivery_date - timedelta(days=delivery_date.weekday())
    beef = must_say_slaughter({(product.pk, monday) for product in products})
    drafts = [
        OfferDraft(
            supplier=supplier,
            pack=pack,
            quantity=stock,
            valid_from=monday,
            valid_to=monday + timedelta(days=6),
            own_price_sek=None if farm.own_price is None else Decimal(farm.own_price),
            slaughtered_in="SE" if (product.pk, monday) in beef else "",
        )
        for farm, supplier in zip(farms, suppliers, strict=True)
        for product in products
        if (stock := _stock_of(farm, product)) is not None
        for pack in packs[product.pk]
    ]
    offers = publish_offers(drafts=drafts, by=TESTS)
    for farm, supplier in zip(farms, suppliers, strict=True):
        if (
            farm.claims
        ):  # also such as no farm could post: a label that ran out since, or that was never proven
            Offer.objects.filter(supplier=supplier).update(claims=list(farm.claims))
    pools = {(offer.supplier_id, offer.product_id): offer.pool for offer in offers}
    return pools, {(offer.supplier_id, offer.pack_id): offer for offer in offers}


def _stock_of(farm: Farm, product: Product) -> Decimal | None:
    stock = farm.stock.get(product.name_sv) if isinstance(farm.stock, Mapping) else farm.stock
    return None if stock is None else Decimal(stock)


def make_people(number: int, authority: Authority, hub: Hub, suppliers: Sequence[Supplier]) -> People:
    farmer_roles = [f"bonde{place}" for place, _supplier in enumerate(suppliers)]
    roles = [
        "kokschef",
        "kokspersonal",
        "upphandlare",
        "revisor",
        "navpersonal",
        "utomstaende",
        *farmer_roles,
    ]
    drafts = [
        PersonDraft(name=f"{role.capitalize()} {number}", email=f"{role}.{number}@prov.example")
        for role in roles
    ]
    admin = PersonDraft(name="Admin", email=f"admin.{number}@prov.example", is_platform_admin=True)
    boss, staff, officer, auditor, worker, outsider, *others = add_people(drafts=[*drafts, admin], by=TESTS)
    add_authority_member(authority=authority, user=officer, role="officer", by=TESTS)
    add_authority_member(authority=authority, user=auditor, role="auditor", by=TESTS)
    add_hub_worker(hub=hub, user=worker, by=TESTS)
    *farmers, admin_user = others
    for user, supplier in zip(farmers, suppliers, strict=True):
        add_farm_member(supplier=supplier, user=user, by=TESTS)
    return People(
        manager=boss,
        staff=staff,
        officer=officer,
        auditor=auditor,
        farmers=farmers,
        hub_worker=worker,
        admin=admin_user,
        outsider=outsider,
    )


def make_kitchens(count: int, authority: Authority, hub: Hub, people: People) -> list[Kitchen]:
    drafts = [KitchenDraft(name=f"Provköket {number}", hub=hub, pupils=100) for number in range(1, count + 1)]
    kitchens = open_kitchens(authority=authority, drafts=drafts, by=TESTS)
    for kitchen in kitchens:
        add_kitchen_member(kitchen=kitchen, user=people.manager, role="manager", by=TESTS)
        add_kitchen_member(kitchen=kitchen, user=people.staff, role="staff", by=TESTS)
    return kitchens
