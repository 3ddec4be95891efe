"""An award that waits for its second signature, so that the rule of two persons and its bids can be tried."""

from datetime import date, datetime
from decimal import Decimal

from config.ground.models import User
from config.ground.trail import Actor
from config.site.demo.cast import Cast, Farmer
from config.site.demo.goods import BY_NEED
from config.site.demo.plans import AuthorityPlan
from market.actions.bidders import BidderDraft, add_bidder
from market.actions.law import set_own_limit
from market.models import Agreement, Authority, NeedCategory, Pack, SustainabilityCriterion
from market.rules.agreement_draft import AgreementDraft, LotDraft, PartyDraft, PriceDraft
from market.rules.assessment import Basis, Choice
from market.rules.calendar import STOCKHOLM
from orders.actions.awards import AwardBasis, sign_award

NEED = "dry"
MOST_GOODS = 2
TWO_PERSONS_OVER = Decimal(100_000)
CEILING = Decimal(140_000)
VALUE = Decimal(180_000)
OTHER_BIDDERS = ("Sagokvarnen AB", "Låtsasåkerns Spannmål HB")


def lay_waiting_award(plan: AuthorityPlan, cast: Cast, *, now: datetime, by: Actor) -> Agreement:
    """Organic grain from the demo's last farm, signed by the first of two; she has written down who bid."""
    authority = Authority.objects.get(org_number=plan.number)
    officer = User.objects.get(authorities__authority=authority, name=plan.officer)
    today = now.astimezone(STOCKHOLM).date()
    set_own_limit(
        authority=authority,
        code="two_person_amount",
        value=TWO_PERSONS_OVER,
        decision="Påhittad attestordning, § 4",
        first_day=today,
        officer=officer,
        by=by,
    )
    farm = max(cast.farmers.values(), key=lambda farmer: farmer.place)
    agreement = sign_award(
        draft=_draft(authority, cast, farm, today=today),
        basis=AwardBasis(
            choice=Choice(basis=Basis.OWN, own_sek=VALUE, reason="Påhittad statistik från grossisten."),
            covered_reason="Ramavtalets punkt 4 tillåter köp av ekologiskt spannmål utanför det.",
        ),
        signer=officer,
        signed_at=now,
        by=by,
    )
    bids = [BidderDraft(farm.supplier.name, farm.supplier.email, won=True), *map(BidderDraft, OTHER_BIDDERS)]
    for bid in bids:
        add_bidder(authority=authority, agreement=agreement, draft=bid, officer=officer, today=today, by=by)
    return agreement


def _draft(authority: Authority, cast: Cast, farm: Farmer, *, today: date) -> AgreementDraft:
    wares = {cast.products[ware.name].pk: ware for ware in BY_NEED[NEED][:MOST_GOODS]}
    packs = Pack.objects.filter(product__in=wares).order_by("product", "pk").distinct("product")
    prices = tuple(
        PriceDraft(
            supplier_id=farm.supplier.pk,
            product_id=pack.product_id,
            pack_id=pack.pk,
            price_sek=wares[pack.product_id].price_sek * pack.base_per_pack,
        )
        for pack in packs
    )
    need = NeedCategory.objects.get(authority=authority, code=NEED)
    asked = SustainabilityCriterion.objects.on(today).filter(organic_groups__contains=["plants"])
    return AgreementDraft(
        title="Direktupphandling ekologiskt spannmål",
        kind=Agreement.Kind.DIRECT_AWARD,
        regime=Agreement.Kind.DIRECT_AWARD,
        case_number="KS 2026/88",
        valid_from=today,
        valid_to=date(today.year + 1, 12, 31),
        authority_ids=(authority.pk,),
        need_category_id=need.pk,
        reason="Tre kvarnar tillfrågades; den som vann hade lägst pris. Värdet ligger under direktupphandlingsgränsen.",
        lots=(
            LotDraft(
                name="Ekologiskt spannmål",
                allotment="single",
                ceiling_sek=CEILING,
                parties=(PartyDraft(farm.supplier.pk),),
                product_ids=tuple(wares),
                prices=prices,
            ),
        ),
        criterion_ids=tuple(asked.values_list("pk", flat=True)),
    )
