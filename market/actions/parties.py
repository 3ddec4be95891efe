"""Authorities and hubs, their people, and what an authority counts as one need."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from config.ground.coordinates import Coordinates
from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority, AuthorityMember, Hub, HubWorker, NeedCategory, NeedMapping, Product


def open_authority(*, name: str, code: str, org_number: str, by: Actor) -> Authority:
    """A contracting authority. ``code`` begins the numbers of its purchase orders. Raises InvalidInput."""
    try:
        digits = str(orgnr.validate(org_number))
    except ValidationError:
        raise InvalidInput(fields={"org_number": [_("Organisationsnumret stämmer inte.")]}) from None
    with acting(by):
        try:
            with transaction.atomic():
                return Authority.objects.create(name=name, code=code, org_number=digits)
        except IntegrityError as error:
            taken = "code" if "code" in str(error) else "org_number"
            raise InvalidInput(fields={taken: [_("En annan myndighet har redan det.")]}) from None


def add_authority_member(*, authority: Authority, user: User, role: str, by: Actor) -> AuthorityMember:
    """``user`` is an officer or an auditor there. Somebody who already has a role keeps it."""
    with acting(by):
        return AuthorityMember.objects.get_or_create(authority=authority, user=user, defaults={"role": role})[
            0
        ]


def end_authority_member(*, member: AuthorityMember, by: Actor) -> None:
    """The person has no role at the authority any longer. The trail keeps that she had."""
    with acting(by):
        member.delete()


def open_hub(
    *,
    name: str,
    weekdays: str,
    address: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    by: Actor,
) -> Hub:
    """A hub with its delivery days, 1 Monday … 7 Sunday. Raises InvalidInput."""
    if not weekdays or not set(weekdays) <= set("1234567"):
        raise InvalidInput(fields={"weekdays": [_("Välj minst en veckodag.")]})
    with acting(by):
        return Hub.objects.create(
            name=name,
            weekdays="".join(sorted(set(weekdays))),
            address=address,
            latitude=latitude,
            longitude=longitude,
        )


def locate_hub(*, hub: Hub, at: Coordinates | None, by: Actor) -> None:
    """Where the hub lies, rounded; None: no longer told."""
    with acting(by):
        hub.latitude, hub.longitude = (at.rounded.latitude, at.rounded.longitude) if at else (None, None)
        hub.save(update_fields=["latitude", "longitude"])


def add_hub_worker(*, hub: Hub, user: User, by: Actor) -> HubWorker:
    with acting(by):
        return HubWorker.objects.get_or_create(hub=hub, user=user)[0]


def end_hub_worker(*, member: HubWorker, by: Actor) -> None:
    """The person works at the hub no longer. The trail keeps that she did."""
    with acting(by):
        member.delete()


def add_need(*, authority: Authority, code: str, name: str, reason: str = "", by: Actor) -> NeedCategory:
    """What the authority counts as one need, and why it is cut just so (5 kap. 11 § LOU)."""
    with acting(by):
        return NeedCategory.objects.create(authority=authority, code=code, name=name, reason=reason)


def map_needs(*, needs: Mapping[NeedCategory, Sequence[Product]], first_day: date, by: Actor) -> None:
    """Which products belong to which need, from that day. Each product may have one need an authority and day."""
    with acting(by) as act:
        NeedMapping.objects.bulk_create(
            NeedMapping(
                product=product,
                authority_id=need.authority_id,
                need_category=need,
                valid_from=first_day,
                mapped_by_id=act.by.user_id,
            )
            for need, products in needs.items()
            for product in products
        )
