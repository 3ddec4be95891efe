"""What went over a lot's ceiling: how much, what is stopped by it, what may be done, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from config.ground.refusals import NotFound
from market.models import Authority, LotProduct, OvershootAssessment
from market.queries.changes import change_before, change_limits, paragraph_of_change
from market.queries.law import binding_figure
from market.refusals import LawFigureMissing
from market.rules.changes import DIRECTIVE, NATIONAL, Ground
from orders.models import CallOff
from orders.queries.lots import AgreementSheet, LotSheet, agreements_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    row: OvershootAssessment

    @property
    def share(self) -> Decimal:
        """Of the ceiling that it went furthest over."""
        shares = [self.row.over_sek / self.row.ceiling_sek]
        if self.row.ceiling_kg:
            shares.append(self.row.over_kg / self.row.ceiling_kg)
        return max(shares)

    @property
    def way_name(self) -> str:
        return overshoot_way_name(self.row.way)


@dataclass(frozen=True, slots=True)
class OvershootPage:
    """``raise_to_sek``: the ceiling that all that came would fit under. ``margin_sek``: how far it may be raised without a
    clause of the agreement (17:9) or below the limit that stops it; None where nobody can tell. ``still_to_come_sek`` is
    ordered and stands.
    """

    agreement: AgreementSheet
    lot: LotSheet
    rows: tuple[AssessmentRow, ...]
    goods: int
    still_to_come: int
    still_to_come_sek: Decimal
    margin_sek: Decimal | None
    paragraph: str

    @property
    def is_over(self) -> bool:
        return self.lot.room_sek < 0 or (self.lot.room_kg is not None and self.lot.room_kg < 0)

    @property
    def over_sek(self) -> Decimal:
        return max(-self.lot.room_sek, NOTHING)

    @property
    def over_kg(self) -> Decimal:
        return max(-(self.lot.room_kg or NOTHING), NOTHING)

    @property
    def raise_to_sek(self) -> Decimal:
        return self.lot.ceiling_sek + self.over_sek

    @property
    def open_row(self) -> OvershootAssessment | None:
        return next((each.row for each in self.rows if each.row.decided_at is None), None)


def overshoot_way_name(way: str) -> str:
    names = {
        OvershootAssessment.Way.RAISED.value: _("taket höjt"),
        OvershootAssessment.Way.STAND.value: _("får stå; delkontraktet förblir stoppat"),
        OvershootAssessment.Way.NEW_AGREEMENT.value: _("nytt avtal; delkontraktet förblir stoppat"),
    }
    return names.get(way, _("väntar på beslut"))


def open_overshoots(lot_ids: Iterable[int]) -> dict[int, OvershootAssessment]:
    """By lot; one statement."""
    rows = OvershootAssessment.objects.filter(agreement_lot__in=list(lot_ids), decided_at=None)
    return {row.agreement_lot_id: row for row in rows}


def has_overshoots(lot_id: int) -> bool:
    """Whether anything ever went over the lot's ceiling."""
    return OvershootAssessment.objects.filter(agreement_lot=lot_id).exists()


def assessment_of(authority: Authority, assessment_id: int) -> OvershootAssessment:
    """Raises NotFound where its agreement does not name the authority."""
    found = (
        OvershootAssessment.objects.filter(pk=assessment_id, agreement_lot__agreement__authorities=authority)
        .select_related("agreement_lot__agreement")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def overshoot_page(authority: Authority, *, lot_id: int, today: date) -> OvershootPage:
    """Raises NotFound. Where a lot is shared, what is still to come is this authority's own."""
    found = agreements_of(authority, lot_id=lot_id)
    if not found:
        raise NotFound
    rows = OvershootAssessment.objects.filter(agreement_lot=lot_id).select_related("decided_by")
    ahead = CallOff.objects.filter(
        agreement_lot=lot_id, authority=authority, state=CallOff.State.PLACED, delivery_date__gte=today
    )
    told = ahead.aggregate(rows=Count("pk"), sum=Sum("net_sek"))
    ground = Ground.MINOR if found[0].regime == DIRECTIVE else Ground.CLAUSE
    return OvershootPage(
        agreement=found[0],
        lot=found[0].lots[0],
        rows=tuple(AssessmentRow(row) for row in rows.order_by("-pk")),
        goods=LotProduct.objects.on(today).filter(agreement_lot=lot_id).count(),
        still_to_come=told["rows"],
        still_to_come_sek=told["sum"] or NOTHING,
        margin_sek=_margin(authority, found[0], today=today),
        paragraph=paragraph_of_change(ground, regime=found[0].regime, on=today),
    )


def _margin(authority: Authority, sheet: AgreementSheet, *, today: date) -> Decimal | None:
    before, limits = change_before(sheet.agreement_id), change_limits(today)
    value = before.original_sek + before.changed_sek
    if sheet.regime == DIRECTIVE:
        if limits.minor_share is None:
            return None
        most = before.original_sek * limits.minor_share
        return (most if limits.amount_sek is None else min(most, limits.amount_sek)) - before.minor_sek
    if sheet.regime == NATIONAL:
        return None if limits.amount_sek is None else limits.amount_sek - value
    try:
        limit = binding_figure(authority_ids=[authority.pk], code="direct_award_limit", on=today)
    except LawFigureMissing:
        return None
    return limit.value - value
