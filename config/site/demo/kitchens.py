"""The demo's kitchens and who works in them."""

from collections.abc import Callable, Sequence

from config.ground.people import PersonDraft, add_people
from config.ground.trail import Actor
from config.site.demo.plans import AuthorityPlan
from kitchens.actions.kitchens import KitchenDraft, add_member, open_kitchens
from market.models import Authority, Hub


def open_kitchens_of(
    plan: AuthorityPlan,
    *,
    authority: Authority,
    hubs: Sequence[Hub],
    email_of: Callable[[str, str], str],
    by: Actor,
) -> None:
    drafts = [
        KitchenDraft(
            name=kitchen.name,
            hub=hubs[kitchen.hub % len(hubs)],
            kind=kitchen.kind,
            pupils=kitchen.pupils,
            address=kitchen.address,
        )
        for kitchen in plan.kitchens
    ]
    kitchens = open_kitchens(authority=authority, drafts=drafts, by=by)
    posts = [
        (kitchen, name, role)
        for kitchen, its_plan in zip(kitchens, plan.kitchens, strict=True)
        for name, role in ((its_plan.manager, "manager"), (its_plan.staff, "staff"))
        if name
    ]
    people = add_people(
        drafts=[PersonDraft(name, email_of(name, plan.domain)) for _kitchen, name, _role in posts], by=by
    )
    for (kitchen, _name, role), person in zip(posts, people, strict=True):
        add_member(kitchen=kitchen, user=person, role=role, by=by)
