"""The parts that a world is made of, each a few rows. Used by ``world`` only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import stdnum.luhn
from django.utils.timezone import is_aware

from config.ground.models import User
from kitchens.models import Kitchen, KitchenMember
from market.models import (
    Authority,
    AuthorityMember,
    ClimateFactor,
    ClimateFood,
    CpvMapping,
    DeliveryRun,
    FactorSet,
    FoodMapping,
    GroupMapping,
    Hub,
    HubWorker,
    LawParagraph,
    Offer,
    Pack,
    Product,
    ProductCategory,
    StockPool,
    SupplierRun,
    VatClass,
    VatMapping,
    VatRate,
)
from suppliers.models import Certificate, CertificateScope, FarmMember, ProductGroup, Supplier
from tests.factories.specs import Farm, Goods, PackOf

LONG_AGO = date(2020, 1, 1)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
RULES = [
    "agreement_in_force",
    "authority_named",
    "product_in_lot",
    "party_of_lot",
    "standing",
    "permits",
    "cut_off",
    "price_agreed",
    "stock",
    "ranking",
    "ceiling_room",
    "pack_size",
]
REGIMES = ["directive", "national", "direct_award"]


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
    return head + stdnum.luhn.calc_check_digit(head)


def make_law() -> None:
    if LawParagraph.objects.exists():
        return
    source = {"source": "tests", "checked_on": date(2026, 11, 23), "valid_from": LONG_AGO}
    LawParagraph.objects.bulk_create(
        LawParagraph(rule=rule, regime=regime, paragraph=f"§ {rule} ({regime})", **source)
        for rule in RULES
        for regime in REGIMES
    )
    food = VatClass.objects.create(code="food", name_sv="Livsmedel", name_en="Food")
    days = [
        (LONG_AGO, date(2026, 3, 31), "0.12"),
        (date(2026, 4, 1), date(2027, 12, 31), "0.06"),
        (date(2028, 1, 1), None, "0.12"),
    ]
    VatRate.objects.bulk_create(
        VatRate(
            vat_class=food,
            rate=Decimal(rate),
            valid_from=first,
            valid_to=last,
            source="tests",
            checked_on=date(2026, 11, 23),
        )
        for first, last, rate in days
    )
    factors = FactorSet.objects.create(
        code="TEST-1",
        name="Tests",
        version="1",
        source="tests",
        licence="–",
        valid_from=LONG_AGO,
        is_active=True,
    )
    potato = ClimateFood.objects.create(
        key="potato", name_sv="Potatis", name_en="Potato", category="potato_roots"
    )
    ClimateFactor.objects.create(
        factor_set=factors, food=potato, kg_co2e_per_kg=Decimal("0.17"), grade="A", basis="tests"
    )


def make_authority(number: int) -> Authority:
    return Authority.objects.create(
        name=f"Provkommun {number}", code=f"PROV{number}", org_number=valid_number(f"21299{number:04d}")
    )


def make_suppliers(farms: Sequence[Farm]) -> list[Supplier]:
    first = Supplier.objects.count()
    suppliers = [
        Supplier.objects.create(
            name=farm.name,
            legal_form=Supplier.LegalForm.COMPANY,
            org_number=valid_number(f"5599{first + place:05d}"),
            email=f"gard{first + place}@gardar.example",
            is_bankrupt=farm.bankrupt,
        )
        for place, farm in enumerate(farms)
    ]
    everything = _group("food", ())
    for farm, supplier in zip(farms, suppliers, strict=True):
        papers = [(kind, farm.permits_to) for kind in farm.permits]
        papers += [(kind, farm.labels_to) for kind in farm.labels]
        for kind, last in papers:
            paper = Certificate.objects.create(
                supplier=supplier,
                kind=kind,
                number=f"{kind}-{supplier.pk}",
                issuer="Provorganet",
                valid_from=LONG_AGO,
                valid_to=last,
            )
            CertificateScope.objects.create(certificate=paper, product_group=everything)
    return suppliers


def _group(code: str, permits: tuple[str, ...]) -> ProductGroup:
    parent = None if code == "food" else _group("food", ())
    group, _ = ProductGroup.objects.get_or_create(
        code=code, defaults={"name_sv": code, "name_en": code, "parent": parent, "permits": list(permits)}
    )
    return group


def make_goods(goods: Sequence[Goods]) -> tuple[list[Product], dict[int, list[Pack]]]:
    heading, _ = ProductCategory.objects.get_or_create(
        code="test", defaults={"name_sv": "Prov", "name_en": "Test"}
    )
    products = [_product(one, heading) for one in goods]
    packs = {
        product.pk: list(product.packs.order_by("pk")) or [_pack(product, pack) for pack in one.packs]
        for one, product in zip(goods, products, strict=True)
    }
    return products, packs


def _product(goods: Goods, heading: ProductCategory) -> Product:
    product, fresh = Product.objects.get_or_create(
        name_sv=goods.name,
        defaults={
            "name_en": goods.name,
            "category": heading,
            "base_unit": goods.unit,
            "kg_per_base": goods.kg_per_base,
        },
    )
    if fresh:
        GroupMapping.objects.create(
            product=product, product_group=_group(goods.group, goods.permits), valid_from=LONG_AGO
        )
        CpvMapping.objects.create(product=product, cpv=goods.cpv, valid_from=LONG_AGO)
        VatMapping.objects.create(
            product=product, vat_class=VatClass.objects.get(code="food"), valid_from=LONG_AGO
        )
        if goods.food:
            food = ClimateFood.objects.get(key=goods.food)
            FoodMapping.objects.create(product=product, food=food, valid_from=LONG_AGO)
    return product


def _pack(product: Product, pack: PackOf) -> Pack:
    name = pack.name or f"{pack.base} {product.base_unit}"
    return Pack.objects.create(
        product=product,
        name_sv=name,
        name_en=name,
        base_per_pack=Decimal(pack.base),
        is_catch_weight=pack.tolerance is not None,
        upper_tolerance=pack.tolerance or Decimal(0),
    )


def make_run(number: int, delivery_date: date) -> tuple[Hub, DeliveryRun]:
    hub = Hub.objects.create(name=f"Provnavet {number}", weekdays=str(delivery_date.isoweekday()))
    return hub, DeliveryRun.objects.create(hub=hub, delivery_date=delivery_date)


def make_supplier_runs(
    run: DeliveryRun, farms: Sequence[Farm], suppliers: Sequence[Supplier], cut_off: datetime | None
) -> dict[int, SupplierRun]:
    usual = cut_off or _noon_two_working_days_before(run.delivery_date)
    return {
        supplier.pk: SupplierRun.objects.create(
            delivery_run=run,
            supplier=supplier,
            delivery_date=run.delivery_date,
            cut_off=_aware(farm.cut_off or usual),
        )
        for farm, supplier in zip(farms, suppliers, strict=True)
        if farm.runs
    }


def _aware(moment: datetime) -> datetime:
    assert is_aware(moment), "a cut-off has a zone"
    return moment.astimezone(UTC)


def _noon_two_working_days_before(day: date) -> datetime:
    left = 2
    while left:
        day -= timedelta(days=1)
        left -= day.isoweekday() <= 5
    return datetime.combine(day, time(12), tzinfo=STOCKHOLM)


def make_stock(
    delivery_date: date,
    farms: Sequence[Farm],
    suppliers: Sequence[Supplier],
    products: Sequence[Product],
    packs: dict[int, list[Pack]],
) -> tuple[dict[tuple[int, int], StockPool], dict[tuple[int, int], Offer]]:
    """Pools of the week around the delivery date, by (supplier, product); offers by (supplier, pack)."""
    monday = delivery_date - timedelta(days=delivery_date.weekday())
    pools = {}
    offers = {}
    for farm, supplier in zip(farms, suppliers, strict=True):
        for product in products:
            stock = farm.stock.get(product.name_sv) if isinstance(farm.stock, dict) else farm.stock
            if stock is None:
                continue
            pool = StockPool.objects.create(
                supplier=supplier,
                product=product,
                valid_from=monday,
                valid_to=monday + timedelta(days=6),
                quantity=Decimal(str(stock)),
            )
            pools[supplier.pk, product.pk] = pool
            for pack in packs[product.pk]:
                offers[supplier.pk, pack.pk] = Offer.objects.create(
                    pool=pool,
                    supplier=supplier,
                    product=product,
                    pack=pack,
                    own_price_sek=farm.own_price,
                    claims=list(farm.claims),
                )
    return pools, offers


def make_people(number: int, authority: Authority, hub: Hub, suppliers: Sequence[Supplier]) -> People:
    def person(role: str) -> User:
        email = f"{role}.{number}@prov.example"
        return User.objects.create_user(name=f"{role.capitalize()} {number}", email=email)

    officer, auditor, worker = person("upphandlare"), person("revisor"), person("navpersonal")
    AuthorityMember.objects.create(user=officer, authority=authority, role="officer")
    AuthorityMember.objects.create(user=auditor, authority=authority, role="auditor")
    HubWorker.objects.create(user=worker, hub=hub)
    farmers = [person(f"bonde{place}") for place, _ in enumerate(suppliers)]
    FarmMember.objects.bulk_create(
        FarmMember(user=user, supplier=supplier) for user, supplier in zip(farmers, suppliers, strict=True)
    )
    admin = User.objects.create(name="Admin", email=f"admin.{number}@prov.example", is_platform_admin=True)
    return People(
        manager=person("kokschef"),
        staff=person("kokspersonal"),
        officer=officer,
        auditor=auditor,
        farmers=farmers,
        hub_worker=worker,
        admin=admin,
        outsider=person("utomstaende"),
    )


def make_kitchens(count: int, authority: Authority, hub: Hub, people: People) -> list[Kitchen]:
    kitchens = [
        Kitchen.objects.create(authority=authority, hub=hub, name=f"Provköket {number}", pupils=100)
        for number in range(1, count + 1)
    ]
    for kitchen in kitchens:
        KitchenMember.objects.create(user=people.manager, kitchen=kitchen, role="manager")
        KitchenMember.objects.create(user=people.staff, kitchen=kitchen, role="staff")
    return kitchens
