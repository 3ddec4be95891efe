"""More officers at a world's authority, and what they have written about its first farm."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from config.ground.models import StoredFile, User
from config.ground.people import PersonDraft, add_people
from config.ground.trail import Actor, acting
from market.actions.agreements import sign_agreement
from market.actions.bidders import BidderDraft, add_bidder
from market.actions.interests import declare_interest
from market.actions.law import set_own_limit
from market.actions.matters import open_matter
from market.actions.parties import add_authority_member
from market.actions.small_lots import PotDraft, open_pot
from market.models import (
    Agreement,
    Bidder,
    InterestDeclaration,
    LawFigure,
    OvershootAssessment,
    SmallLotPot,
    StandingMatter,
)
from market.rules.agreement_draft import OptionDraft
from market.rules.standing import Ground
from orders.actions.awards import sign_award
from orders.actions.ledger_files import keep_ledger
from orders.models import PurchaseImport
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.world import World

JOB = Actor.job("tests")


def another_officer(world: World, name: str = "Omar Andersson") -> User:
    draft = PersonDraft(name=name, email=f"officer{User.objects.count()}@prov.example")
    user = add_people(drafts=[draft], by=JOB)[0]
    add_authority_member(authority=world.authority, user=user, role="officer", by=JOB)
    return user


def matter_about(world: World, ground: Ground = Ground.TAX_SHOWN) -> StandingMatter:
    return open_matter(
        authority=world.authority,
        supplier=world.supplier,
        ground=ground,
        facts="Skatteverkets utdrag.",
        today=world.today,
        officer=world.officer,
        by=world.by_officer,
    )


def interest_of_another(world: World) -> InterestDeclaration:
    """Another officer is the farmer's sister, and the world's officer has taken over."""
    sister = another_officer(world, "Syster Berg")
    return declare_interest(
        authority=world.authority,
        supplier=world.supplier,
        relation="syster",
        hand_to=world.officer,
        today=world.today,
        officer=sister,
        by=Actor.person(sister.pk, door="tests"),
    )


def bidder_of(world: World, name: str = "Ängsgården", email: str = "bud@prov.example") -> Bidder:
    return add_bidder(
        authority=world.authority,
        agreement=world.agreement,
        draft=BidderDraft(name=name, email=email),
        officer=world.officer,
        today=world.today,
        by=world.by_officer,
    )


def waiting_award(world: World) -> Agreement:
    """A direct award that a second person must sign."""
    set_own_limit(
        authority=world.authority,
        code="two_person_amount",
        value=Decimal(160_000),
        decision="Attestreglementet",
        first_day=world.today,
        officer=world.officer,
        by=world.by_officer,
    )
    return sign_award(
        draft=award_draft(world, ceiling_sek=170_000),
        basis=OWN_FIGURE,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def pot_in(world: World, whole_sek: int = 4_000_000) -> SmallLotPot:
    """A procurement with small lots; the amount in SEK is invented and entered first."""
    with acting(JOB):
        LawFigure.objects.filter(code="small_lot_amount_sek", value=None).update(value=890_000)
    return open_pot(
        authority=world.authority,
        draft=PotDraft(title="Livsmedel 2027", case_number="KS 2026/5", whole_sek=Decimal(whole_sek)),
        valued_on=world.today,
        officer=world.officer,
        by=world.by_officer,
    )


def award_with_option(world: World) -> Agreement:
    """A signed direct award of 90 000 with an option of 30 000, to be used within the year."""
    draft = award_draft(world, ceiling_sek=90_000)
    option = OptionDraft(
        lot=draft.lots[0].name,
        what="Förlängning",
        clause="punkt 3",
        value_sek=Decimal(30_000),
        last_day=date(world.today.year, 12, 31),
    )
    return sign_agreement(
        draft=replace(draft, title="Direktupphandling med option", options=(option,)),
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def overshoot_of(world: World) -> OvershootAssessment:
    """An assessment of the world's lot that waits, as a heavy delivery would open it."""
    with acting(JOB):
        row, _made = OvershootAssessment.objects.get_or_create(
            agreement_lot=world.lot,
            decided_at=None,
            defaults={"over_sek": 5, "over_kg": 0, "ceiling_sek": world.lot.ceiling_sek},
        )
    return row


def ledger_of(world: World) -> StoredFile:
    """A ledger that was handed in and is not read in."""
    content = b"Enhet;Datum;Text;Belopp\nSkolan;2026-10-05;Potatis;100,00\n"
    return keep_ledger(authority=world.authority, name="reskontra.csv", content=content, by=world.by_officer)


def ledger_import(world: World) -> PurchaseImport:
    """A file that stands and may be undone."""
    with acting(JOB):
        row, _made = PurchaseImport.objects.get_or_create(
            authority=world.authority,
            sha256="0" * 64,
            defaults={"file_name": "gammal.csv", "mapping": "prov", "rows": 0, "imported_by": "job:tests"},
        )
    return row
