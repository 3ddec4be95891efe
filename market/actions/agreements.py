"""Signing agreements and raising their ceilings."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed, NotFound
from config.ground.trail import Actor, Once, acting
from market.actions.changes import ChangeAsked, held_agreement, write_change
from market.actions.overshoots import close_by_raise
from market.models import (
    Agreement,
    AgreementAuthority,
    AgreementCriterion,
    AgreementLot,
    AgreementOption,
    AgreementPrice,
    AuthorityMember,
    LotBalance,
    LotParty,
    LotProduct,
    NeedCategory,
    Regime,
)
from market.queries.law import binding_figure, law_figure_if_known
from market.queries.organic import check_certified, organic_groups_of, uncertified
from market.queries.signatures import amount_of, check_mandate, needs_two
from market.queries.standing import check_no_interest, check_not_excluded
from market.refusals import (
    CeilingNotRaised,
    DirectAwardLimit,
    RegimeNotKnown,
    RegimeTooLow,
    SecondSignatureNeeded,
)
from market.rules.agreement_draft import AgreementDraft, Fault, LotDraft, faults_of
from market.rules.calendar import STOCKHOLM
from market.rules.changes import Ground
from market.rules.valuation import counts_from, may_sign_award, regime_of

SENTENCES: Mapping[Fault, object] = {
    Fault.MISSING: gettext_lazy("Fyll i detta."),
    Fault.ENDS_BEFORE_IT_BEGINS: gettext_lazy("Sista dagen ligger före den första."),
    Fault.REGIME_OF_ANOTHER_KIND: gettext_lazy("Reglerna hör inte till detta slag av avtal."),
    Fault.NAME_TWICE: gettext_lazy("Två delkontrakt kan inte heta likadant."),
    Fault.CEILING_NOT_POSITIVE: gettext_lazy("Takvärdet måste vara mer än noll."),
    Fault.NOT_ONE_PARTY: gettext_lazy("Ett delkontrakt med en leverantör har just en."),
    Fault.PARTY_TWICE: gettext_lazy("Samma leverantör står två gånger."),
    Fault.RANKS_NOT_IN_ROW: gettext_lazy("Rangordningen måste vara 1, 2, 3 … utan luckor."),
    Fault.ALLOTMENT_UNKNOWN: gettext_lazy("Välj en leverantör, rangordning, lägst pris eller andelar."),
    Fault.SHARES_NOT_WHOLE: gettext_lazy(
        "Varje leverantör har en andel, och andelarna blir tillsammans 100 procent."
    ),
    Fault.SHARE_WITHOUT_KEY: gettext_lazy("Andelar anges bara där avtalet fördelar efter andelar."),
    Fault.PRICE_NOT_POSITIVE: gettext_lazy("Ett pris måste vara mer än noll."),
    Fault.PRICE_OF_NO_PARTY: gettext_lazy("Ett pris hör till en leverantör som inte är part."),
    Fault.PRICE_OUTSIDE_LOT: gettext_lazy("Ett pris gäller en vara utanför delkontraktet."),
    Fault.PRICE_TWICE: gettext_lazy("Samma förpackning har två priser."),
    Fault.OPTION_INCOMPLETE: gettext_lazy("En option har namn, klausul och ett värde över noll."),
    Fault.OPTION_OF_NO_LOT: gettext_lazy("Optionen hör till ett delkontrakt som inte finns."),
}


def sign_agreement(
    *, draft: AgreementDraft, signer: User, signed_at: datetime, once: Once | None = None, by: Actor
) -> Agreement:
    """Write the agreement with all its rows; from now on it may be called off from, within its days.

    A direct award is judged here, on the sum of the ceilings of its need (5 kap. 3 §, 19 a kap. 2 § LOU). Two
    officers who sign for the same need wait for each other; the same key signs once. Raises InvalidInput, NotAllowed (the signer is no
    officer of a named authority), DirectAwardLimit, LawFigureMissing, NotFound, RegimeTooLow, RegimeNotKnown,
    ConflictOfInterest (of the signer), SupplierExcluded, OrganicNotCertified.
    """
    if faults := faults_of(draft):
        fields: dict[str, list[str]] = {}
        for name, fault in faults:
            fields.setdefault(name, []).append(str(SENTENCES[fault]))
        raise InvalidInput(fields=fields)
    require_officer_of(signer, draft.authority_ids)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Agreement.objects.get(pk=act.reply["agreement"])
        signed_on = signed_at.astimezone(STOCKHOLM).date()
        suppliers = {party.supplier_id for lot in draft.lots for party in lot.parties}
        check_no_interest(authority_ids=draft.authority_ids, supplier_ids=suppliers, user_id=signer.pk)
        check_not_excluded(authority_ids=draft.authority_ids, supplier_ids=suppliers, on=signed_on)
        asked = organic_groups_of(draft.criterion_ids)
        check_certified(uncertified(draft.deals, groups=asked, on=signed_on), on=signed_on)
        if draft.standstill_to is not None and signed_on <= draft.standstill_to:
            raise InvalidInput(
                fields={"standstill_to": [_("Avtalsspärren var inte över när avtalet skrevs under.")]}
            )
        if draft.kind == Agreement.Kind.DIRECT_AWARD:
            _judge_new_award(draft, signed_on=signed_on)
        elif draft.regime == Regime.NATIONAL:
            _judge_regime(draft, on=signed_on)
        agreement = Agreement.objects.create(
            title=draft.title.strip(),
            kind=draft.kind,
            regime=draft.regime,
            case_number=draft.case_number.strip(),
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            delivers_after_end=draft.delivers_after_end,
            posted_stock_is_an_answer=draft.posted_stock_is_an_answer,
            part_call_off_allowed=draft.part_call_off_allowed,
            answer_hours=draft.answer_hours,
            need_category_id=draft.need_category_id,
            reason=draft.reason.strip(),
            notice_number=draft.notice_number.strip(),
            notice_on=draft.notice_on,
            notice_url=draft.notice_url.strip(),
            standstill_to=draft.standstill_to,
            signed_at=signed_at,
            signed_by=signer,
        )
        AgreementAuthority.objects.bulk_create(
            AgreementAuthority(agreement=agreement, authority_id=authority)
            for authority in draft.authority_ids
        )
        AgreementCriterion.objects.bulk_create(
            AgreementCriterion(agreement=agreement, criterion_id=criterion, chosen_by=signer)
            for criterion in draft.criterion_ids
        )
        _write_lots(agreement, draft)
        act.answer({"agreement": agreement.pk})
    return agreement


def require_officer_of(user: User, authority_ids: tuple[int, ...]) -> None:
    """Raises NotAllowed for whoever is no active officer of one of the authorities."""
    if not AuthorityMember.objects.filter(
        user=user, user__is_active=True, authority__in=authority_ids, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed


def _write_lots(agreement: Agreement, draft: AgreementDraft) -> None:
    lots = AgreementLot.objects.bulk_create(
        AgreementLot(
            agreement=agreement,
            name=lot.name.strip(),
            allotment=lot.allotment,
            ceiling_sek=lot.ceiling_sek,
            ceiling_kg=lot.ceiling_kg,
        )
        for lot in draft.lots
    )
    pairs = list(zip(lots, draft.lots, strict=True))
    LotParty.objects.bulk_create(
        LotParty(
            agreement_lot=row,
            supplier_id=party.supplier_id,
            rank=party.rank,
            share_percent=party.share_percent,
        )
        for row, lot in pairs
        for party in lot.parties
    )
    LotProduct.objects.bulk_create(
        LotProduct(agreement_lot=row, product_id=product, valid_from=draft.valid_from)
        for row, lot in pairs
        for product in lot.product_ids
    )
    AgreementPrice.objects.bulk_create(
        AgreementPrice(
            agreement_lot=row,
            supplier_id=price.supplier_id,
            product_id=price.product_id,
            pack_id=price.pack_id,
            price_sek=price.price_sek,
            per=price.per,
            is_cap=price.is_cap,
            valid_from=draft.valid_from,
        )
        for row, lot in pairs
        for price in lot.prices
    )
    by_name = {lot.name: row for row, lot in pairs}
    AgreementOption.objects.bulk_create(
        AgreementOption(
            agreement_lot=by_name[option.lot],
            what=option.what.strip(),
            clause=option.clause.strip(),
            value_sek=option.value_sek,
            last_day=option.last_day,
            extends_to=option.extends_to,
        )
        for option in draft.options
    )
    LotBalance.objects.bulk_create(
        balance for row, lot in pairs for balance in _balances(row, lot, authority_ids=draft.authority_ids)
    )


def _balances(row: AgreementLot, lot: LotDraft, *, authority_ids: tuple[int, ...]) -> list[LotBalance]:
    return [
        LotBalance(agreement_lot=row, ceiling_sek=lot.ceiling_sek, ceiling_kg=lot.ceiling_kg),
        *(LotBalance(agreement_lot=row, authority_id=authority) for authority in authority_ids),
        *(LotBalance(agreement_lot=row, supplier_id=party.supplier_id) for party in lot.parties),
    ]


def _judge_regime(draft: AgreementDraft, *, on: date) -> None:
    """Rules below the threshold hold for no greater value (5 kap. 1, 14 §§ LOU). Raises RegimeTooLow, RegimeNotKnown."""
    threshold = law_figure_if_known(code="eu_threshold_sek", on=on)
    regime = regime_of(draft.value_sek, threshold)
    if threshold is None and not draft.reason.strip():
        raise RegimeNotKnown(day=on)
    if threshold is not None and regime == Regime.DIRECTIVE:
        raise RegimeTooLow(
            value_sek=draft.value_sek, limit_sek=threshold.value, paragraph=threshold.paragraph
        )


def _judge_new_award(draft: AgreementDraft, *, signed_on: date) -> None:
    need = _lock_need(draft.need_category_id, authority_ids=draft.authority_ids)
    _judge_award(need, asked_sek=draft.value_sek, without_lot=None, on=signed_on)


def _lock_need(pk: int | None, *, authority_ids: tuple[int, ...]) -> NeedCategory:
    """The need's row, held until the transaction ends: whoever judges the same need waits here."""
    needs = NeedCategory.objects.select_for_update(no_key=True)
    need = needs.filter(pk=pk or 0, authority__in=authority_ids).first()
    if need is None:
        raise NotFound
    return need


def held_need(agreement: Agreement) -> NeedCategory:
    """The need's row of an award that is about to be signed, held until the transaction ends. Raises NotFound."""
    named = tuple(agreement.named.values_list("authority", flat=True))
    return _lock_need(agreement.need_category_id, authority_ids=named)


def judge_again(need: NeedCategory, *, asked_sek: Decimal, on: date) -> None:
    """Of an award that waited unsigned, and so was not counted; ``need`` is held. Raises as signing does."""
    _judge_award(need, asked_sek=asked_sek, without_lot=None, on=on)


def _judge_award(need: NeedCategory, *, asked_sek: Decimal, without_lot: int | None, on: date) -> None:
    """Raises DirectAwardLimit when the need's awards would reach the limit of that day.

    An award counts with its options while it runs and for twelve months after: the value of a recurring need is estimated on the
    twelve months before (5 kap. 11 § LOU). One that was terminated counts with its whole ceiling.
    """
    limit = binding_figure(authority_ids=[need.authority_id], code="direct_award_limit", on=on)
    first = counts_from(on)
    others = AgreementLot.objects.filter(
        Q(agreement__terminated_on=None) | Q(agreement__terminated_on__gte=first),
        agreement__kind=Agreement.Kind.DIRECT_AWARD,
        agreement__need_category=need,
        agreement__signed_at__isnull=False,
        agreement__valid_to__gte=first,
    )
    ceilings = [ceiling for pk, ceiling in others.values_list("pk", "ceiling_sek") if pk != without_lot]
    ceilings += AgreementOption.objects.filter(agreement_lot__in=others, used_on=None).values_list(
        "value_sek", flat=True
    )
    verdict = may_sign_award(ceilings_of_need=ceilings, new_ceiling=asked_sek, limit=limit)
    if not verdict.allowed:
        raise DirectAwardLimit(
            need=need.name,
            sum_sek=verdict.sum_sek,
            limit_sek=limit.value,
            paragraph=verdict.paragraph,
        )


def raise_ceiling(
    *,
    lot: AgreementLot,
    ceiling_sek: Decimal,
    ceiling_kg: Decimal | None = None,
    ground: Ground,
    clause: str,
    today: date,
    by: Actor,
) -> AgreementLot:
    """Set higher ceilings; ``ceiling_kg`` None leaves that one. What is raised is a change of the agreement, judged with
    those before it; a direct award is judged as when it was signed.

    Raises CeilingNotRaised, ChangeTooLarge, InvalidInput, DirectAwardLimit, LawFigureMissing, ConflictOfInterest,
    MandateTooLow, SecondSignatureNeeded.
    """
    with acting(by):
        agreement = held_agreement(lot.agreement_id, user_id=by.person_id)
        lot.refresh_from_db(fields=["ceiling_sek", "ceiling_kg"])
        named = tuple(agreement.named.values_list("authority", flat=True))
        if agreement.kind == Agreement.Kind.DIRECT_AWARD:
            need = _lock_need(agreement.need_category_id, authority_ids=named)
            _judge_award(need, asked_sek=ceiling_sek, without_lot=lot.pk, on=today)
            amount = amount_of(agreement) - lot.ceiling_sek + ceiling_sek
            check_mandate(authority_ids=named, user_id=by.user_id, amount_sek=amount, on=today)
            if needs_two(authority_ids=named, amount_sek=amount, on=today):
                raise SecondSignatureNeeded(amount_sek=amount)
        new = {"ceiling_sek": ceiling_sek}
        higher = Q(ceiling_sek__lte=ceiling_sek)
        if ceiling_kg is not None:
            new["ceiling_kg"] = ceiling_kg
            higher &= Q(ceiling_kg__lte=ceiling_kg)
        if not AgreementLot.objects.filter(higher, pk=lot.pk).exists():
            raise CeilingNotRaised(ceiling_sek=lot.ceiling_sek)
        what = _("Takvärdet för %(lot)s höjt") % {"lot": lot.name}
        change = write_change(
            agreement=agreement,
            lot=lot,
            asked=ChangeAsked(ground=ground, clause=clause, what=what, first_day=today),
            value_sek=ceiling_sek - lot.ceiling_sek,
            today=today,
            by=by,
        )
        AgreementLot.objects.filter(pk=lot.pk).update(**new)
        LotBalance.objects.filter(agreement_lot=lot, authority=None, supplier=None).update(**new)
        lot.refresh_from_db(fields=["ceiling_sek", "ceiling_kg"])
        close_by_raise(lot=lot, paragraph=change.paragraph, now=change.decided_at, by=by)
    return lot
