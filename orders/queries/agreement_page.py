"""An agreement opened: its value from the start, its options, and each change with what it was judged by."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import NotFound
from market.models import Agreement, AgreementChange, AgreementOption, Authority, Termination
from market.queries.changes import change_before, change_limits, changes_of
from market.rules.changes import ANNOUNCED, DIRECTIVE, Before, Ground, Limits, running_sums
from market.rules.termination import Side
from orders.models import CallOff
from orders.queries.lots import AgreementSheet, agreements_of

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """``together_sek``: this change of value with all before it."""

    change: AgreementChange
    together_sek: Decimal

    @property
    def ground_name(self) -> str:
        return change_ground_name(self.change.ground)

    @property
    def is_announced(self) -> bool:
        return self.change.regime == DIRECTIVE and self.change.ground in ANNOUNCED


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """``later_call_offs``: what this authority has ordered for days after the agreement was ended; it stands."""

    agreement: Agreement
    sheet: AgreementSheet
    options: tuple[AgreementOption, ...]
    changes: tuple[ChangeRow, ...]
    before: Before
    limits: Limits
    termination: Termination | None
    later_call_offs: tuple[CallOff, ...]

    @property
    def side_name(self) -> str:
        return termination_side_name(self.termination.side) if self.termination else ""

    @property
    def value_now_sek(self) -> Decimal:
        return self.before.original_sek + self.before.changed_sek

    @property
    def minor_most_sek(self) -> Decimal | None:
        """What small changes together must stay below by 17 kap. 9 §; None where nobody can tell."""
        if self.agreement.regime != DIRECTIVE or self.limits.minor_share is None:
            return None
        by_share = self.before.original_sek * self.limits.minor_share
        return by_share if self.limits.amount_sek is None else min(by_share, self.limits.amount_sek)


def change_ground_name(ground: str) -> str:
    names = {
        Ground.CLAUSE: _("tydlig klausul i avtalet"),
        Ground.MINOR: _("liten ändring av värdet"),
        Ground.ADDITIONAL: _("varor som behövs därutöver"),
        Ground.UNFORESEEN: _("oförutsedda omständigheter"),
        Ground.SUPPLIER: _("byte av leverantör"),
        Ground.NOT_ESSENTIAL: _("ändring som inte är väsentlig"),
    }
    return names[Ground(ground)]


def termination_side_name(side: str) -> str:
    names = {
        Side.BUYER: _("myndigheten"),
        Side.SUPPLIER: _("leverantören"),
        Side.BOTH: _("båda, i samförstånd"),
    }
    return names[Side(side)]


def agreement_of(authority: Authority, agreement_id: int) -> Agreement:
    """Raises NotFound where it does not name the authority."""
    found = (
        Agreement.objects.filter(pk=agreement_id, authorities=authority)
        .select_related("termination__decided_by")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def agreement_page(authority: Authority, *, agreement_id: int, today: date) -> AgreementPage:
    agreement = agreement_of(authority, agreement_id)
    sheet = next(each for each in agreements_of(authority) if each.agreement_id == agreement_id)
    changes = changes_of(agreement)
    options = AgreementOption.objects.filter(agreement_lot__agreement=agreement)
    return AgreementPage(
        agreement=agreement,
        sheet=sheet,
        options=tuple(options.select_related("agreement_lot", "used_by").order_by("last_day", "pk")),
        changes=tuple(
            ChangeRow(change=change, together_sek=together)
            for change, together in zip(
                changes, running_sums([each.value_sek for each in changes]), strict=True
            )
        ),
        before=change_before(agreement.pk),
        limits=change_limits(today),
        termination=agreement.termination
        if agreement.terminated_on and hasattr(agreement, "termination")
        else None,
        later_call_offs=_later(authority, agreement),
    )


def _later(authority: Authority, agreement: Agreement) -> tuple[CallOff, ...]:
    if agreement.terminated_on is None:
        return ()
    rows = CallOff.objects.filter(
        agreement=agreement,
        authority=authority,
        state=CallOff.State.PLACED,
        delivery_date__gt=agreement.terminated_on,
    )
    return tuple(rows.select_related("supplier", "kitchen").order_by("delivery_date", "pk")[:MOST_SHOWN])


def option_of(authority: Authority, option_id: int) -> AgreementOption:
    """Raises NotFound where its agreement does not name the authority."""
    found = (
        AgreementOption.objects.filter(pk=option_id, agreement_lot__agreement__authorities=authority)
        .select_related("agreement_lot")
        .first()
    )
    if found is None:
        raise NotFound
    return found
