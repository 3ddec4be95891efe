"""Handing out a case on request: what is withheld on which ground is decided, kept, and the file made of the rest."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Authority
from orders.interchange.case_files import CaseFile, ToldMask, case_zip
from orders.models import CaseExport, CaseMask
from orders.queries.cases import Case, paragraph_of, sealed_paragraph
from orders.queries.officer_words import secret_name
from orders.refusals import CaseSealed
from orders.rules.secrecy import Ground, Mask, Maskable, Withheld, maskable, masked


@dataclass(frozen=True, slots=True)
class Decision:
    """Withhold this, on this ground, for this reason."""

    ground: Ground
    reason: str


@dataclass(frozen=True, slots=True)
class Disclosed:
    export: CaseExport
    content: bytes


def check_open(case: Case, *, on: date) -> None:
    """Raises CaseSealed while the award is not decided: nothing of it may be told, not even how many bid."""
    if case.sealed:
        raise CaseSealed(paragraph=sealed_paragraph(regime=case.regime, on=on))


def disclose(
    *,
    authority: Authority,
    case: Case,
    decisions: Mapping[Maskable, Decision],
    officer: User,
    at: datetime,
    on: date,
    language: str,
    notice: str,
    by: Actor,
) -> Disclosed:
    """The case as a file with what was decided withheld; the decisions are kept, the rows stay as they are.

    ``on`` is the day whose law counts. Raises CaseSealed, and InvalidInput for a decision without a reason, about
    something that is not in the case, or on a ground that has no paragraph that day.
    """
    check_open(case, on=on)
    known = set(maskable(case.sheets))
    masks, told = [], []
    for what, decision in decisions.items():
        paragraph = paragraph_of(decision.ground, regime=case.regime, on=on)
        if what not in known or not decision.reason.strip() or paragraph is None:
            raise InvalidInput(fields={_("Maskning"): [_("Varje maskning behöver en grund och ett skäl.")]})
        masks.append(Mask(what.secret, what.supplier_id, decision.ground, paragraph.paragraph))
        told.append(
            ToldMask(
                what=secret_name(what.secret, supplier=case.suppliers.get(what.supplier_id or 0, "")),
                paragraph=paragraph.paragraph,
                confirmed=paragraph.confirmed_by_id is not None,
                reason=decision.reason.strip(),
            )
        )
    sheets = masked(case.sheets, masks)
    content = case_zip(
        CaseFile(
            title=case.title,
            case_number=case.case_number,
            authority=authority.name,
            language=language,
            made_at=at,
            made_by=officer.name,
            notice=notice,
            masks=tuple(told),
            sheets=sheets,
        )
    )
    hidden = sum(
        any(isinstance(value, Withheld) for value in record.values)
        for sheet in sheets
        for record in sheet.records
    )
    with acting(by):
        export = CaseExport.objects.create(
            authority=authority,
            agreement=case.agreement,
            order=case.order,
            rows=case.rows,
            rows_masked=hidden,
            sha256=hashlib.sha256(content).hexdigest(),
            made_by=officer,
        )
        _keep(export, masks, [each.reason for each in told])
    return Disclosed(export=export, content=content)


def _keep(export: CaseExport, masks: Sequence[Mask], reasons: Sequence[str]) -> None:
    CaseMask.objects.bulk_create(
        CaseMask(
            export=export,
            secret=mask.secret,
            supplier_id=mask.supplier_id,
            ground=mask.ground,
            paragraph=mask.paragraph,
            reason=reason,
        )
        for mask, reason in zip(masks, reasons, strict=True)
    )
