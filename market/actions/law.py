"""An officer confirms the law's figures, enters new ones, and writes down the authority's own stricter limits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.models import Authority, AuthorityMember, LawFigure, LawParagraph, OwnLimit
from market.refusals import FigureConfirmed, LaterFigureThere
from market.rules.calendar import STOCKHOLM

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure as it was published: ``code`` and ``regime`` are those of the figure that it follows."""

    code: str
    regime: str
    value: Decimal
    valid_from: date
    paragraph: str
    source: str


def confirm_law(*, row: LawFigure | LawParagraph, officer: User, at: datetime, by: Actor) -> None:
    """The officer has read the source and found the row right. The reason is the actor's.

    Raises NotAllowed (no officer anywhere), InvalidInput (no reason, or nothing to confirm), FigureConfirmed.
    """
    _require_officer(officer)
    if not by.reason.strip():
        raise InvalidInput(fields={"reason": [_("Skriv var du har läst beloppet.")]})
    if isinstance(row, LawFigure) and row.value is None:
        raise InvalidInput(
            fields={"reason": [_("Ett belopp som saknas kan inte bekräftas. Lägg in det först.")]}
        )
    with acting(by):
        table = type(row).objects.filter(pk=row.pk, confirmed_by=None)
        if not table.update(confirmed_by=officer, confirmed_at=at, checked_on=_day(at)):
            row.refresh_from_db()
            raise FigureConfirmed(what=str(row), who=row.confirmed_by.name if row.confirmed_by else "")


def enter_figure(*, draft: FigureDraft, officer: User, at: datetime, by: Actor) -> LawFigure:
    """A new dated figure, confirmed by whoever enters it; the one before ends the day before, and stays readable.

    A figure that was missing (without a value) from the same day is filled in. Raises NotAllowed, InvalidInput,
    LaterFigureThere.
    """
    _require_officer(officer)
    faults = {
        name: [_("Fyll i detta.")]
        for name in ("source", "paragraph")
        if not str(getattr(draft, name)).strip()
    }
    if draft.value < 0:
        faults["value"] = [_("Beloppet kan inte vara negativt.")]
    with acting(by):
        rows = list(
            LawFigure.objects.select_for_update(no_key=True)
            .filter(code=draft.code, regime=draft.regime)
            .order_by("valid_from")
        )
        if not rows:
            faults["code"] = [_("Det finns inget sådant belopp i lagen.")]
        if faults:
            raise InvalidInput(fields=faults)
        told = {
            "value": draft.value,
            "paragraph": draft.paragraph.strip(),
            "source": draft.source.strip(),
            "checked_on": _day(at),
            "confirmed_by": officer,
            "confirmed_at": at,
        }
        same = next((row for row in rows if row.valid_from == draft.valid_from), None)
        if same is not None and same.value is None:
            LawFigure.objects.filter(pk=same.pk).update(**told)
            same.refresh_from_db()
            return same
        later = next((row for row in rows if row.valid_from >= draft.valid_from), None)
        if later is not None:
            raise LaterFigureThere(code=draft.code, valid_from=later.valid_from)
        still_holds = Q(valid_to=None) | Q(valid_to__gte=draft.valid_from)
        LawFigure.objects.filter(still_holds, pk=rows[-1].pk).update(
            valid_to=draft.valid_from - ONE_DAY, ended_by_hand=True
        )
        return LawFigure.objects.create(
            code=draft.code, regime=draft.regime, unit=rows[-1].unit, valid_from=draft.valid_from, **told
        )


def set_own_limit(
    *,
    authority: Authority,
    code: str,
    value: Decimal,
    decision: str,
    first_day: date,
    officer: User,
    by: Actor,
) -> OwnLimit:
    """The authority's own limit from that day; the one before ends the day before. Raises InvalidInput, NotAllowed."""
    if not authority.members.filter(
        user=officer, user__is_active=True, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed
    faults: dict[str, list[str]] = {}
    if value < 0:
        faults["value"] = [_("Beloppet kan inte vara negativt.")]
    if not decision.strip():
        faults["decision"] = [_("Skriv vilken riktlinje eller vilket beslut gränsen vilar på.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        rows = OwnLimit.objects.select_for_update(no_key=True).filter(authority=authority, code=code)
        later = rows.filter(valid_from__gte=first_day).order_by("valid_from").first()
        if later is not None:
            raise LaterFigureThere(code=code, valid_from=later.valid_from)
        rows.filter(valid_to=None).update(valid_to=first_day - ONE_DAY)
        return OwnLimit.objects.create(
            authority=authority,
            code=code,
            value=value,
            decision=decision.strip(),
            valid_from=first_day,
            entered_by=officer,
        )


def _require_officer(user: User) -> None:
    if not AuthorityMember.objects.filter(
        user=user, user__is_active=True, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
