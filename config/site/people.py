"""The people of a place (a farm, a kitchen, a hub, an authority): who they are, and who may invite or end them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.ground.models import User
from config.ground.people import PersonDraft, invite
from config.ground.refusals import NotAllowed, NotFound
from config.ground.sorting import in_swedish
from config.ground.trail import Actor, acting
from kitchens.actions import kitchens
from kitchens.models import Kitchen, KitchenMember
from market.actions import parties
from market.models import Authority, AuthorityMember, Hub, HubWorker
from suppliers import actions as suppliers
from suppliers.models import FarmMember, Supplier

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of place has in common. ``place`` is the member's column; without ``roles`` all its people are alike."""

    model: Any
    members: Any
    place: str
    role: Label
    add: Callable[..., Any]
    end: Callable[..., Any]
    roles: Mapping[str, Label]
    acts: frozenset[str]  # the roles that invite and end; empty: everybody does

    @property
    def column(self) -> str:
        return f"{self.place}_id"


KINDS: Mapping[str, Kind] = {
    "gard": Kind(
        model=Supplier,
        members=FarmMember,
        place="supplier",
        role=_("Gård"),
        add=suppliers.add_member,
        end=suppliers.end_member,
        roles={},
        acts=frozenset(),
    ),
    "kok": Kind(
        model=Kitchen,
        members=KitchenMember,
        place="kitchen",
        role=_("Kök"),
        add=kitchens.add_member,
        end=kitchens.end_member,
        roles={"manager": _("Kökschef"), "staff": _("Kökspersonal")},
        acts=frozenset({"manager"}),
    ),
    "nav": Kind(
        model=Hub,
        members=HubWorker,
        place="hub",
        role=_("Nav"),
        add=parties.add_hub_worker,
        end=parties.end_hub_worker,
        roles={},
        acts=frozenset(),
    ),
    "myndighet": Kind(
        model=Authority,
        members=AuthorityMember,
        place="authority",
        role=_("Myndighet"),
        add=parties.add_authority_member,
        end=parties.end_authority_member,
        roles={"officer": _("Upphandlare"), "auditor": _("Revisor")},
        acts=frozenset({"officer"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the place. ``waits``: she has not chosen a password yet."""

    member_id: int
    user: User
    role: Label
    waits: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its people as one who asks may see and change them."""

    slug: str
    kind: Kind
    row: Any
    may_act: bool
    people: tuple[Person, ...]
    kitchens: tuple[Kitchen, ...] = ()

    @property
    def name(self) -> str:
        return str(self.row)

    @property
    def url(self) -> str:
        return reverse(f"people_{self.slug}", args=[self.row.pk])


def place_for(user: User, *, slug: str, pk: int) -> Place:
    """The place and its people. Raises NotFound for who is neither of it, over it, nor the platform's administrator."""
    kind = KINDS[slug]
    row: Any = kind.model.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound
    mine = _role_at(user, kind, pk)
    over = _role_at(user, KINDS["myndighet"], row.authority_id) if slug == "kok" else None
    may_act = bool(user.is_platform_admin or _acts(kind, mine) or _acts(KINDS["myndighet"], over))
    if not may_act and "auditor" not in {mine, over}:
        raise NotFound
    return Place(
        slug=slug,
        kind=kind,
        row=row,
        may_act=may_act,
        people=_people(kind, pk),
        kitchens=tuple(Kitchen.objects.filter(authority=pk).order_by("sort_key"))
        if slug == "myndighet"
        else (),
    )


def _role_at(user: User, kind: Kind, pk: int) -> str | None:
    """The person's role there; ``member`` where all are alike, None where she is nobody."""
    found = kind.members.objects.filter(user=user, **{kind.column: pk}).first()
    return None if found is None else str(getattr(found, "role", "member"))


def _acts(kind: Kind, role: str | None) -> bool:
    return role is not None and (role in kind.acts or not kind.acts)


def _people(kind: Kind, pk: int) -> tuple[Person, ...]:
    found = kind.members.objects.filter(**{kind.column: pk}).select_related("user")
    return tuple(
        Person(
            member_id=member.pk,
            user=member.user,
            role=kind.roles.get(getattr(member, "role", ""), kind.role),
            waits=not member.user.has_usable_password(),
        )
        for member in found.order_by(in_swedish("user__name"), "pk")
    )


def let_join(place: Place, *, draft: PersonDraft, role: str, now: datetime, by: Actor) -> User:
    """The person belongs to the place from now on; one without a password gets a letter with a link to choose it.

    Raises InvalidInput, and NotAllowed for one who may only read.
    """
    check_may_act(place)
    with acting(by):
        user = invite(draft=draft, now=now, by=by)
        place.kind.add(**{place.kind.place: place.row, "user": user, **_as_role(place.kind, role)}, by=by)
    return user


def _as_role(kind: Kind, role: str) -> dict[str, str]:
    return {"role": role} if kind.roles else {}


def let_go(place: Place, *, member_id: str, user: User, by: Actor) -> Person:
    """The person belongs to the place no longer; what she did stays hers.

    Raises NotFound, and NotAllowed for one who may only read and for one who would end herself: somebody must be left
    who can let her in again.
    """
    check_may_act(place)
    person = next((each for each in place.people if str(each.member_id) == member_id), None)
    if person is None:
        raise NotFound
    if person.user == user:
        raise NotAllowed
    place.kind.end(member=place.kind.members.objects.get(pk=person.member_id), by=by)
    return person


def check_may_act(place: Place) -> None:
    """Raises NotAllowed for one who may only read."""
    if not place.may_act:
        raise NotAllowed
