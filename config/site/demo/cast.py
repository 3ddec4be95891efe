"""Who is who in a demo municipality, read back from the tables: the people and things that its weeks are lived with."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.ground.trail import Actor
from config.site.demo.plans import AuthorityPlan, KitchenPlan, Plan
from kitchens.models import Kitchen, KitchenMember
from market.models import Hub, HubWorker, Product
from suppliers.models import FarmMember, Supplier

DOOR = "demo"


@dataclass(frozen=True, slots=True)
class Cook:
    """A kitchen with who orders and who receives in it, and the needs that its authority has agreements for."""

    place: int
    plan: KitchenPlan
    kitchen: Kitchen
    orders: Actor
    receives: Actor
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Farmer:
    """``place`` counts the plan's farms from 0."""

    place: int
    supplier: Supplier
    by: Actor


@dataclass(frozen=True, slots=True)
class Cast:
    hubs: Sequence[Hub]
    workers: dict[int, Actor]
    cooks: Sequence[Cook]
    farmers: dict[int, Farmer]
    products: dict[str, Product]


def cast_of(plan: Plan) -> Cast:
    """The plan's people, in a fixed number of statements. Everything in the plan must have been laid."""
    hubs = {hub.name: hub for hub in Hub.objects.filter(name__in=[each.name for each in plan.hubs])}
    authorities = [plan.authority, *([plan.neighbour] if plan.neighbour else [])]
    cooks = [
        cook for authority in authorities for cook in _cooks(authority, needs=_needs_of(authority, plan))
    ]
    return Cast(
        hubs=[hubs[each.name] for each in plan.hubs],
        workers={
            worker.hub_id: _person(worker.user_id)
            for worker in HubWorker.objects.filter(hub__in=hubs.values()).order_by("-pk")
        },
        cooks=[Cook(number, *cook) for number, cook in enumerate(cooks)],
        farmers=_farmers(plan),
        products={product.name_sv: product for product in Product.objects.all()},
    )


def _person(user_id: int) -> Actor:
    return Actor.person(user_id, door=DOOR)


def _needs_of(authority: AuthorityPlan, plan: Plan) -> frozenset[str]:
    is_own = authority is plan.authority
    return frozenset(
        lot.need
        for agreement in plan.agreements
        if is_own or agreement.with_neighbour
        for lot in agreement.lots
    )


def _cooks(
    authority: AuthorityPlan, *, needs: frozenset[str]
) -> list[tuple[KitchenPlan, Kitchen, Actor, Actor, frozenset[str]]]:
    """By the plan's order. A kitchen without staff is received in by its manager."""
    plans = {each.name: each for each in authority.kitchens}
    people: dict[int, dict[str, Actor]] = {}
    for member in KitchenMember.objects.filter(kitchen__authority__org_number=authority.number):
        people.setdefault(member.kitchen_id, {})[member.role] = _person(member.user_id)
    kitchens = Kitchen.objects.filter(authority__org_number=authority.number, name__in=plans)
    found = []
    for kitchen in kitchens.select_related("hub", "authority").order_by("pk"):
        manager = people[kitchen.pk]["manager"]
        receives = people[kitchen.pk].get("staff", manager)
        found.append((plans[kitchen.name], kitchen, manager, receives, needs))
    return found


def _farmers(plan: Plan) -> dict[int, Farmer]:
    places = {farm.name: number for number, farm in enumerate(plan.farms)}
    members = FarmMember.objects.filter(supplier__name__in=places).select_related("supplier")
    return {
        member.supplier_id: Farmer(places[member.supplier.name], member.supplier, by=_person(member.user_id))
        for member in members.order_by("-pk")
    }
