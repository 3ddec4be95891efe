"""One supplier as an officer of an authority sees it: how it stands, its matters, and what of it is on its way."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from config.ground.refusals import NotFound
from market.models import (
    Authority,
    DeclarationRequest,
    InterestDeclaration,
    SelfDeclaration,
    Standing,
    StandingMatter,
)
from market.rules.standing import (
    Cleaning,
    Cleansed,
    DeclarationState,
    Ground,
    Hearing,
    declaration_state,
    is_cleansed,
    must_exclude,
)
from orders.models import CallOff
from orders.queries.suppliers import supplier_of
from suppliers.models import Supplier

MOST_CALL_OFFS = 50


@dataclass(frozen=True, slots=True)
class MatterSeen:
    row: StandingMatter
    ground: str
    is_heard: bool
    is_cleansed: bool
    is_mandatory: bool

    @property
    def is_open(self) -> bool:
        return not self.row.outcome

    @property
    def state(self) -> tuple[str, str]:
        """The pill's kind and its words."""
        if not self.is_open:
            return {
                "keep": ("ok", _("ingen åtgärd")),
                "exclude": ("refuse", _("utesluten")),
                "suspend": ("refuse", _("avstängd")),
            }[self.row.outcome]
        if self.is_cleansed:
            return "ok", _("självsanerad, väntar på beslut")
        return ("warn", _("hörd, väntar på beslut")) if self.is_heard else ("warn", _("öppet"))


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """``on_their_way``: call-offs not delivered yet, which stand whatever is decided. ``paused``: by a bankruptcy."""

    supplier: Supplier
    paused: bool
    suspended: Standing | None
    excluded: StandingMatter | None
    declarations: tuple[SelfDeclaration, ...]
    asked: DeclarationRequest | None
    declared: DeclarationState
    matters: tuple[MatterSeen, ...]
    suspensions: tuple[Standing, ...]
    interests: tuple[InterestDeclaration, ...]
    on_their_way: tuple[CallOff, ...]

    @property
    def is_flagged(self) -> bool:
        """Whether what is on its way should be looked at."""
        return bool(self.paused or self.suspended or any(each.is_open for each in self.matters))


def supplier_page(authority: Authority, supplier_id: int, *, today: date) -> SupplierPage:
    """In seven statements. Raises NotFound."""
    supplier = supplier_of(authority, supplier_id)
    here = {"authority": authority, "supplier": supplier}
    declarations = tuple(
        SelfDeclaration.objects.filter(**here).select_related("received_by").order_by("-valid_from", "-pk")
    )
    asked = DeclarationRequest.objects.filter(**here, answered_by=None).first()
    rows = StandingMatter.objects.filter(**here).select_related("handled_by", "decided_by")
    matters = tuple(matter_seen(row, on=today) for row in rows.prefetch_related("cleanings").order_by("-pk"))
    standings = tuple(
        Standing.objects.filter(**here).select_related("decided_by").order_by("-valid_from", "-pk")
    )
    interests = InterestDeclaration.objects.filter(**here).select_related("officer", "handed_to")
    return SupplierPage(
        supplier=supplier,
        paused=_is_paused(supplier, matters),
        suspended=next((row for row in standings if _holds(row.valid_from, row.valid_to, today)), None),
        excluded=next(
            (
                each.row
                for each in matters
                if each.row.outcome == "exclude" and _holds(each.row.holds_from, each.row.holds_to, today)
            ),
            None,
        ),
        declarations=declarations,
        asked=asked,
        declared=declaration_state(
            valid_to=declarations[0].valid_to if declarations else None,
            asked_due_on=asked.due_on if asked else None,
            on=today,
        ),
        matters=matters,
        suspensions=standings,
        interests=tuple(interests.order_by("-declared_on", "-pk")),
        on_their_way=tuple(_on_their_way(authority, supplier, today=today)),
    )


def _is_paused(supplier: Supplier, matters: tuple[MatterSeen, ...]) -> bool:
    """As judging has it: the newest matter of a bankruptcy here decides, else the farm's own state."""
    newest = next((each.row for each in matters if each.row.ground == Ground.BANKRUPTCY), None)
    return supplier.is_bankrupt if newest is None else newest.outcome != "keep"


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return first is not None and first <= day and (last is None or day <= last)


def _on_their_way(authority: Authority, supplier: Supplier, *, today: date) -> list[CallOff]:
    """Placed call-offs from today on, by the lots that the supplier is a party of."""
    lots = supplier.lots.filter(agreement_lot__agreement__authorities=authority).values_list(
        "agreement_lot", flat=True
    )
    rows = CallOff.objects.filter(
        agreement_lot__in=list(lots),
        authority=authority,
        supplier=supplier,
        state=CallOff.State.PLACED,
        delivery_date__gte=today,
    )
    return list(rows.select_related("kitchen", "product").order_by("delivery_date", "pk")[:MOST_CALL_OFFS])


def matter_seen(row: StandingMatter, *, on: date) -> MatterSeen:
    ground = Ground(row.ground)
    hearing = Hearing(
        sent_on=row.hearing_sent_on,
        due_on=row.hearing_due_on,
        answered_on=row.answered_on,
        unheard_reason=row.unheard_reason,
    )
    shown = [
        Cleansed(kind=Cleaning(each.kind), shown_on=each.shown_on, valid_to=each.valid_to)
        for each in row.cleanings.all()
    ]
    return MatterSeen(
        row=row,
        ground=ground_name(ground),
        is_heard=hearing.is_heard(on),
        is_cleansed=is_cleansed(ground, shown, on=on),
        is_mandatory=must_exclude(ground, regime=row.regime),
    )


def ground_name(ground: Ground) -> str:
    return {
        Ground.CONVICTION: _("dom för brott"),
        Ground.TAX_DECIDED: _("skatter eller avgifter, slutligt beslut"),
        Ground.TAX_SHOWN: _("skatter eller avgifter, visat på annat sätt"),
        Ground.BANKRUPTCY: _("konkurs"),
        Ground.MISCONDUCT: _("allvarligt fel i yrkesutövningen"),
        Ground.EARLIER_BREACH: _("allvarlig brist i ett tidigare kontrakt"),
        Ground.FALSE_DATA: _("oriktiga uppgifter"),
        Ground.CONTRACT: _("brist i ett löpande avtal"),
    }[ground]


def matter_of(authority: Authority, matter_id: int) -> StandingMatter:
    """Raises NotFound."""
    row = (
        StandingMatter.objects.filter(authority=authority, pk=matter_id)
        .select_related("supplier", "authority", "opened_by", "handled_by", "decided_by")
        .prefetch_related("cleanings__recorded_by")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def interest_of(authority: Authority, interest_id: int) -> InterestDeclaration:
    """One that still holds. Raises NotFound."""
    row = (
        InterestDeclaration.objects.filter(authority=authority, pk=interest_id, withdrawn_on=None)
        .select_related("officer", "supplier", "authority")
        .first()
    )
    if row is None:
        raise NotFound
    return row
