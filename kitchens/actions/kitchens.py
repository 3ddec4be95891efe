"""Kitchens and their people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.ground.coordinates import Coordinates
from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.sorting import swedish_key
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen, KitchenMember
from market.models import Authority, Hub


@dataclass(frozen=True, slots=True)
class KitchenDraft:
    """A kitchen to be; ``pupils`` None where the number of eaters is not known."""

    name: str
    hub: Hub
    kind: str = Kitchen.Kind.PRODUCTION
    pupils: int | None = None
    address: str = ""


def open_kitchen(*, authority: Authority, draft: KitchenDraft, by: Actor) -> Kitchen:
    return open_kitchens(authority=authority, drafts=[draft], by=by)[0]


def open_kitchens(*, authority: Authority, drafts: Sequence[KitchenDraft], by: Actor) -> list[Kitchen]:
    """New kitchens of the authority. Raises InvalidInput, also for a name that it already has."""
    faults: dict[str, list[str]] = {}
    for draft in drafts:
        if not draft.name.strip():
            faults["name"] = [_("Skriv kökets namn.")]
        if draft.kind not in Kitchen.Kind.values:
            faults["kind"] = [_("Välj ett slag av kök i listan.")]
        if draft.pupils is not None and draft.pupils < 0:
            faults["pupils"] = [_("Ange noll eller fler.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        try:
            with transaction.atomic():
                return Kitchen.objects.bulk_create(_kitchen(authority, draft) for draft in drafts)
        except IntegrityError as error:
            if "kitchen_name_once" not in str(error):
                raise
            raise InvalidInput(fields={"name": [_("Ett kök heter redan så.")]}) from None


def _kitchen(authority: Authority, draft: KitchenDraft) -> Kitchen:
    return Kitchen(
        authority=authority,
        hub=draft.hub,
        name=draft.name.strip(),
        sort_key=swedish_key(draft.name),  # bulk_create does not call save()
        kind=draft.kind,
        pupils=draft.pupils,
        address=draft.address,
    )


def locate_kitchen(*, kitchen: Kitchen, at: Coordinates | None, by: Actor) -> None:
    """Where the kitchen lies, rounded; None: no longer told."""
    with acting(by):
        kitchen.latitude, kitchen.longitude = (
            (at.rounded.latitude, at.rounded.longitude) if at else (None, None)
        )
        kitchen.save(update_fields=["latitude", "longitude"])


def add_member(*, kitchen: Kitchen, user: User, role: str, by: Actor) -> KitchenMember:
    """``user`` is a manager or staff there; one who has a role already gets this one."""
    if role not in KitchenMember.Role.values:
        raise InvalidInput(fields={"role": [_("Välj kökschef eller kökspersonal.")]})
    with acting(by):
        member, fresh = KitchenMember.objects.get_or_create(
            kitchen=kitchen, user=user, defaults={"role": role}
        )
        if not fresh and member.role != role:
            member.role = role
            member.save(update_fields=["role"])
    return member


def end_member(*, member: KitchenMember, by: Actor) -> None:
    """The person belongs to the kitchen no longer. The trail keeps that she did."""
    with acting(by):
        member.delete()
