"""The places of a person: each farm, kitchen, hub and authority that she belongs to, with her role there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.ground.models import User
from config.site.frame import NavItem
from kitchens.models import Kitchen, KitchenMember
from market.models import Authority, AuthorityMember, HubWorker, LotParty
from suppliers.models import FarmMember

Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody has a role. ``url`` is that role's first page; ``people`` the place's people, for who may see them."""

    name: str
    role: str
    url: str
    icon: str
    people: str = ""


def places_of(user: User) -> list[Place]:
    """All places of a person, in one statement a kind."""
    places = [
        Place(
            name=member.supplier.name,
            role=_("Gård"),
            url=f"/gard/{member.supplier_id}/",
            icon="farm",
            people=f"/personer/gard/{member.supplier_id}/",
        )
        for member in FarmMember.objects.filter(user=user)
        .select_related("supplier")
        .order_by("supplier__sort_key")
    ]
    places += [
        Place(
            name=member.kitchen.name,
            role=_("Kökschef") if member.role == KitchenMember.Role.MANAGER else _("Kökspersonal"),
            url=f"/kok/{member.kitchen_id}/",
            icon="kitchen",
            people=f"/personer/kok/{member.kitchen_id}/" if member.role == KitchenMember.Role.MANAGER else "",
        )
        for member in KitchenMember.objects.filter(user=user)
        .select_related("kitchen")
        .order_by("kitchen__sort_key")
    ]
    places += [
        Place(
            name=worker.hub.name,
            role=_("Nav"),
            url=f"/nav/{worker.hub_id}/",
            icon="hub",
            people=f"/personer/nav/{worker.hub_id}/",
        )
        for worker in HubWorker.objects.filter(user=user).select_related("hub").order_by("hub__sort_key")
    ]
    places += [
        Place(
            name=member.authority.name,
            role=_("Upphandlare") if member.role == AuthorityMember.Role.OFFICER else _("Revisor"),
            url=f"/myndighet/{member.authority_id}/",
            icon="law",
            people=f"/personer/myndighet/{member.authority_id}/",
        )
        for member in AuthorityMember.objects.filter(user=user)
        .select_related("authority")
        .order_by("authority__sort_key")
    ]
    if user.is_platform_admin:
        places.append(Place(name=_("Plattformen"), role=_("Administratör"), url="/plattform/", icon="check"))
    return places


def demo_towns() -> Sequence[Authority]:
    """The authorities of a demo, the first that was laid first."""
    return list(Authority.objects.order_by("pk"))


def demo_people(town: Authority) -> Sequence[User]:
    """The invented people that a demo lets anyone be: one of each role around an authority, the lowest number each,
    and a second officer where there is one: some awards take two.

    Its farms are those of its agreements, its hubs those of its kitchens.
    """
    sellers = LotParty.objects.filter(agreement_lot__agreement__authorities=town).values("supplier")
    cooks = KitchenMember.objects.filter(kitchen__authority=town)
    desk = AuthorityMember.objects.filter(authority=town)
    hubs = Kitchen.objects.filter(authority=town).values("hub")
    officers = desk.filter(role=AuthorityMember.Role.OFFICER).order_by("pk").values_list("user_id", flat=True)
    roles = [
        FarmMember.objects.filter(supplier__in=sellers).order_by("pk").values_list("user_id", flat=True),
        cooks.filter(role=KitchenMember.Role.MANAGER).order_by("pk").values_list("user_id", flat=True),
        cooks.filter(role=KitchenMember.Role.STAFF).order_by("pk").values_list("user_id", flat=True),
        HubWorker.objects.filter(hub__in=hubs).order_by("pk").values_list("user_id", flat=True),
        officers,
        officers[1:],
        desk.filter(role=AuthorityMember.Role.AUDITOR).order_by("pk").values_list("user_id", flat=True),
        User.objects.filter(is_platform_admin=True).order_by("pk").values_list("id", flat=True),
    ]
    first = [members.first() for members in roles]
    by_id = User.objects.in_bulk([pk for pk in first if pk is not None])
    return list(dict.fromkeys(by_id[pk] for pk in first if pk in by_id))


def nav_middleware(get_response: Handler) -> Handler:
    """The header's places are those that the person chose by signing in; they are kept in the session."""

    def handle(request: HttpRequest) -> HttpResponse:
        places = request.session.get("places", []) if request.COOKIES.get("sessionid") else []
        request.nav = [  # type: ignore[attr-defined]
            NavItem(
                url=place["url"],
                label=place["name"],
                icon=place["icon"],
                people=place.get("people", ""),
                current=request.path.startswith(place["url"]),
            )
            for place in places
        ]
        return get_response(request)

    return handle
