"""Writes a demo municipality through the house's own actions.

What is laid once (authority, farms, agreements, kitchens) is laid when the authority is new; runs and offers are laid
for the weeks from ``today`` on, those that are missing. ``living`` lives the weeks before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from config.ground.models import User
from config.ground.people import PersonDraft, add_people
from config.ground.trail import Actor, acting
from config.site.demo.goods import BY_NEED, WARES
from config.site.demo.kitchens import open_kitchens_of
from config.site.demo.meals import lay_meals
from config.site.demo.offers import post_weeks
from config.site.demo.places import lay_places
from config.site.demo.plans import AgreementPlan, AuthorityPlan, FarmPlan, LotPlan, Plan
from kitchens.models import Kitchen
from market.actions.agreements import sign_agreement
from market.actions.delivery import plan_runs
from market.actions.delivery_terms import set_hub_terms
from market.actions.parties import (
    add_authority_member,
    add_hub_worker,
    add_need,
    map_needs,
    open_authority,
    open_hub,
)
from market.actions.products import add_products
from market.actions.reference import load_reference
from market.models import AgreementLot, AgreementPrice, Authority, Hub, NeedCategory, Pack, Product
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft, PriceDraft
from suppliers.actions import add_certificate, add_member, register_supplier
from suppliers.models import Supplier

WEEKS = 4
LONG_AGO = date(2022, 1, 1)
LIVED_BACK = timedelta(weeks=10)  # the agreements are older than any week that is lived
FIRST_PHONE = 5  # 070-174 06 05 to 99 are kept free for invented people (Post- och telestyrelsen)
PERMIT_OF = {"eggs": "packing_centre", "meat": "approval", "dairy": "approval"}
GROUPS_OF = {
    "roots": ("plants",),
    "greens": ("plants",),
    "fruit": ("plants", "honey", "prepared"),
    "dry": ("plants", "prepared"),
    "dairy": ("dairy",),
    "eggs": ("eggs", "poultry"),
    "meat": ("meat",),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What was new."""

    municipality: bool
    delivery_runs: int
    offers: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a municipality's agreements stand on. ``needs`` are the authority's by key."""

    authority: Authority
    officer: User
    needs: dict[str, NeedCategory]
    products: dict[str, Product]


def fill(plan: Plan, *, today: date, by: Actor) -> Filled:
    """Lay the municipality and its weeks, in one transaction. A second run of the same day changes nothing."""
    with acting(by):
        load_reference(by=by)
        is_new = not Authority.objects.filter(org_number=plan.authority.number).exists()
        if is_new:
            _lay_municipality(plan, today=today, by=by)
            lay_places(by=by)
        delivery_runs, offers = lay_weeks(plan, first_day=today, weeks=WEEKS, by=by)
        for school in _schools_of(plan):
            lay_meals(school, today=today, by=by)
    return Filled(municipality=is_new, delivery_runs=delivery_runs, offers=offers)


def lay_weeks(plan: Plan, *, first_day: date, weeks: int, by: Actor) -> tuple[int, int]:
    """Runs and offers from that day to the end of the last week; how many delivery runs and offers were new."""
    monday = first_day - timedelta(days=first_day.weekday())
    last_day = monday + timedelta(weeks=weeks, days=-1)
    planned = plan_runs(today=first_day, days_ahead=(last_day - first_day).days, by=by)
    mondays = [monday + timedelta(weeks=number) for number in range(weeks)]
    return planned.delivery_runs, post_offers(plan, mondays=mondays, by=by)


def post_offers(plan: Plan, *, mondays: Sequence[date], by: Actor) -> int:
    """What the plan's farms sell in those weeks, where it is missing; how many offers were new."""
    return post_weeks(_farms_of(plan), mondays=mondays, by=by)


def _schools_of(plan: Plan) -> QuerySet[Kitchen]:
    """The kitchens that serve a payback dish."""
    own = Kitchen.objects.filter(authority__org_number=plan.authority.number, name__in=plan.boards)
    return own.select_related("authority", "board")


def _farms_of(plan: Plan) -> list[tuple[FarmPlan, Supplier]]:
    rows = Supplier.objects.filter(name__in=[farm.name for farm in plan.farms])
    suppliers = {row.name: row for row in rows}
    return [(farm, suppliers[farm.name]) for farm in plan.farms]


def _lay_municipality(plan: Plan, *, today: date, by: Actor) -> None:
    products = _lay_products(by=by)
    hubs = [open_hub(name=hub.name, weekdays=hub.weekdays, address=hub.address, by=by) for hub in plan.hubs]
    _staff_hubs(plan, hubs, by=by)
    farms = _lay_farms(plan, hubs, by=by)
    own = _lay_authority(plan.authority, plan, products=products, hubs=hubs, by=by)
    others = (
        [_lay_authority(plan.neighbour, plan, products=products, hubs=hubs, by=by)] if plan.neighbour else []
    )
    for agreement in plan.agreements:
        named = [own, *others] if agreement.with_neighbour else [own]
        _sign(agreement, ground=own, named=named, farms=farms, today=today, by=by)
    add_people(
        drafts=[PersonDraft("Zelda Plattform", "admin@bygdemat.example", is_platform_admin=True)], by=by
    )


def _lay_products(*, by: Actor) -> dict[str, Product]:
    """All goods of the demo, those that another demo municipality laid included."""
    there = set(Product.objects.values_list("name_sv", flat=True))
    missing = [ware.draft for ware in WARES if ware.name not in there]
    add_products(drafts=missing, first_day=LONG_AGO, by=by)
    return {product.name_sv: product for product in Product.objects.all()}


def _staff_hubs(plan: Plan, hubs: Sequence[Hub], *, by: Actor) -> None:
    domain = plan.authority.domain
    drafts = [PersonDraft(name, email_of(name, domain)) for name in plan.hub_workers]
    for hub, worker in zip(hubs, add_people(drafts=drafts, by=by), strict=True):
        add_hub_worker(hub=hub, user=worker, by=by)


def email_of(name: str, domain: str) -> str:
    """astrid.pahitt@…: no letter that an address would have to escape."""
    plain = name.casefold().translate(str.maketrans("åäöé ", "aaoe."))
    return f"{plain}@{domain}"


def _lay_farms(plan: Plan, hubs: Sequence[Hub], *, by: Actor) -> list[Supplier]:
    domain = plan.authority.domain
    people = add_people(
        drafts=[PersonDraft(farm.person, email_of(farm.person, domain)) for farm in plan.farms], by=by
    )
    suppliers = []
    for number, (farm, person) in enumerate(zip(plan.farms, people, strict=True)):
        supplier = register_supplier(
            name=farm.name,
            legal_form=farm.legal_form,
            number=farm.number,
            email=person.email or "",
            phone=f"070-174 06 {FIRST_PHONE + number:02d}",
            place=farm.place,
            by=by,
        )
        add_member(supplier=supplier, user=person, by=by)
        _give_papers(farm, supplier, by=by)
        for hub in hubs:
            set_hub_terms(
                supplier=supplier,
                hub=hub,
                weekdays=farm.weekdays,
                lead_working_days=farm.lead_working_days,
                cut_off_time=time(12),
                minimum_order_sek=farm.minimum_order_sek,
                by=by,
            )
        suppliers.append(supplier)
    return suppliers


def _give_papers(farm: FarmPlan, supplier: Supplier, *, by: Actor) -> None:
    groups = sorted({group for need in farm.needs for group in GROUPS_OF[need]})
    permits = {"registration"} | {PERMIT_OF[need] for need in farm.needs if need in PERMIT_OF}
    if "eggs" in farm.needs:
        permits.add("approval")  # for the birds
    for kind in [*sorted(permits), *farm.labels]:
        add_certificate(
            supplier=supplier,
            kind=kind,
            number=f"PÅHITT-{supplier.pk}-{kind.upper()}",
            issuer="Påhittade kontrollorganet",
            group_codes=groups,
            valid_from=LONG_AGO,
            by=by,
        )


def _lay_authority(
    authority_plan: AuthorityPlan, plan: Plan, *, products: dict[str, Product], hubs: Sequence[Hub], by: Actor
) -> Ground:
    authority = open_authority(
        name=authority_plan.name, code=authority_plan.code, org_number=authority_plan.number, by=by
    )
    roles = {authority_plan.officer: "officer", authority_plan.auditor: "auditor"}
    if authority_plan.second_officer:
        roles[authority_plan.second_officer] = "officer"
    drafts = [PersonDraft(name, email_of(name, authority_plan.domain)) for name in roles]
    people = add_people(drafts=drafts, by=by)
    for user, role in zip(people, roles.values(), strict=True):
        add_authority_member(authority=authority, user=user, role=role, by=by)
    needs = {
        key: add_need(authority=authority, code=key, name=name, reason="Påhittad indelning", by=by)
        for key, name in plan.needs.items()
    }
    wanted = {
        need: [products[ware.name] for ware in WARES if ware.need == key] for key, need in needs.items()
    }
    map_needs(needs=wanted, first_day=LONG_AGO, by=by)
    open_kitchens_of(authority_plan, authority=authority, hubs=hubs, email_of=email_of, by=by)
    return Ground(authority=authority, officer=people[0], needs=needs, products=products)


def _sign(
    plan: AgreementPlan,
    *,
    ground: Ground,
    named: Sequence[Ground],
    farms: Sequence[Supplier],
    today: date,
    by: Actor,
) -> None:
    is_award = plan.kind == "direct_award"
    first_day = date((today - LIVED_BACK).year, 1, 1)
    draft = AgreementDraft(
        title=plan.title,
        kind=plan.kind,
        regime=plan.regime,
        case_number=plan.case_number,
        valid_from=first_day,
        valid_to=date(today.year + 1, 12, 31),
        authority_ids=tuple(each.authority.pk for each in named),
        need_category_id=ground.needs[plan.lots[0].need].pk if is_award else None,
        reason=plan.reason,
        delivers_after_end=True,
        posted_stock_is_an_answer=True,
        lots=tuple(_lot(lot, ground=ground, farms=farms) for lot in plan.lots),
    )
    signed_at = datetime.combine(first_day, time(9), tzinfo=UTC)
    sign_agreement(draft=draft, signer=ground.officer, signed_at=signed_at, by=by)


def _lot(plan: LotPlan, *, ground: Ground, farms: Sequence[Supplier]) -> LotDraft:
    first, parts = plan.part
    wares = BY_NEED[plan.need][first::parts]
    products = {ware.name: ground.products[ware.name] for ware in wares}
    packs = Pack.objects.filter(product__in=products.values()).order_by("pk")
    by_product: dict[int, list[Pack]] = {product.pk: [] for product in products.values()}
    for pack in packs:
        by_product[pack.product_id].append(pack)
    prices = tuple(
        PriceDraft(
            supplier_id=farms[place].pk,
            product_id=products[ware.name].pk,
            pack_id=pack.pk,
            # Each rank is two per cent dearer than the one before: that is why it is ranked so.
            price_sek=(
                ware.price_sek * (100 + 2 * rank) / 100 * (1 if pack.is_catch_weight else pack.base_per_pack)
            ),
            per=AgreementPrice.Per.KG if pack.is_catch_weight else AgreementPrice.Per.PACK,
        )
        for rank, place in enumerate(plan.farms)
        for ware in wares
        for pack in by_product[products[ware.name].pk]
    )
    return LotDraft(
        name=plan.name,
        allotment=AgreementLot.Allotment.SINGLE if len(plan.farms) == 1 else AgreementLot.Allotment.RANKING,
        ceiling_sek=plan.ceiling_sek,
        ceiling_kg=plan.ceiling_kg,
        parties=tuple(
            PartyDraft(farms[place].pk, rank=rank) for rank, place in enumerate(plan.farms, start=1)
        ),
        product_ids=tuple(product.pk for product in products.values()),
        prices=prices,
    )
