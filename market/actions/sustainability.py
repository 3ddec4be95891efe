"""Sustainability criteria: an officer enters a version as its publisher wrote it, and takes it up into an agreement."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.refusals import InvalidInput, NotAllowed
from config.ground.trail import Actor, acting
from market.models import Agreement, AgreementCriterion, AuthorityMember, SustainabilityCriterion
from market.queries.criteria import read_criteria
from market.rules.criteria_matters import Use

_USES = {
    SustainabilityCriterion.Kind.SPECIFICATION.value: Use.REQUIREMENT,
    SustainabilityCriterion.Kind.AWARD.value: Use.CRITERION,
    SustainabilityCriterion.Kind.CONTRACT_TERM.value: Use.REQUIREMENT,
}


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A version word for word. ``valid_to`` is its last day, None while its publisher keeps it.

    ``organic_groups`` are codes of the product groups whose goods must be organic by it.
    """

    code: str
    version: str
    level: str
    kind: str
    title: str
    text: str
    proof: str
    source: str
    valid_from: date
    valid_to: date | None = None
    organic_groups: tuple[str, ...] = ()


def enter_criterion(
    *, draft: CriterionDraft, officer: User, on: date, at: datetime, by: Actor
) -> SustainabilityCriterion:
    """A new version, confirmed by whoever copies it from its source.

    Raises NotAllowed (no officer anywhere) and InvalidInput: something is missing, the version is there already, its days
    are turned around, an award criterion demands
    something, or its words would not stand (local origin, distance, a place).
    """
    if not AuthorityMember.objects.filter(
        user=officer, user__is_active=True, role=AuthorityMember.Role.OFFICER
    ).exists():
        raise NotAllowed
    names = ("code", "version", "title", "text", "proof", "source")
    faults = {name: [_("Fyll i detta.")] for name in names if not str(getattr(draft, name)).strip()}
    if draft.valid_to is not None and draft.valid_to < draft.valid_from:
        faults["valid_to"] = [_("Sista dagen ligger före den första.")]
    if draft.organic_groups and draft.kind == SustainabilityCriterion.Kind.AWARD:
        faults["organic_groups"] = [_("Ett tilldelningskriterium ger mervärde; det kräver inget.")]
    reading = read_criteria(draft.text, use=_USES[draft.kind], regime="directive", on=on)
    if reading.blocks:
        faults["text"] = [f"{each.sentence} ({each.text}; {each.paragraph})" for each in reading.findings]
    key = {"code": draft.code.strip(), "version": draft.version.strip(), "level": draft.level}
    if SustainabilityCriterion.objects.filter(**key).exists():
        faults["version"] = [_("Den versionen finns redan. En ändrad text är en ny version.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        return SustainabilityCriterion.objects.create(
            **key,
            kind=draft.kind,
            title=draft.title.strip(),
            text=draft.text.strip(),
            proof=draft.proof.strip(),
            organic_groups=list(draft.organic_groups),
            source=draft.source.strip(),
            valid_from=draft.valid_from,
            valid_to=draft.valid_to,
            checked_on=on,
            confirmed_by=officer,
            confirmed_at=at,
        )


def choose_criterion(
    *, agreement: Agreement, criterion: SustainabilityCriterion, officer: User, on: date, by: Actor
) -> AgreementCriterion:
    """The criterion stands in the agreement from now on; taken up twice it is the same row.

    Raises NotAllowed for who is no officer of a named authority, InvalidInput for a version that no longer holds.
    """
    _require_officer(agreement, officer)
    if criterion.valid_from > on or (criterion.valid_to is not None and criterion.valid_to < on):
        raise InvalidInput(fields={"criterion": [_("Den versionen gäller inte i dag. Välj en som gäller.")]})
    with acting(by):
        Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
        standing = AgreementCriterion.objects.filter(
            agreement=agreement, criterion=criterion, removed_at=None
        ).first()
        return standing or AgreementCriterion.objects.create(
            agreement=agreement, criterion=criterion, chosen_by=officer
        )


def remove_criterion(*, chosen: AgreementCriterion, officer: User, at: datetime, by: Actor) -> None:
    """It was taken up by mistake: from now on it doesn't stand in the agreement. Removed twice it is removed once."""
    _require_officer(chosen.agreement, officer)
    with acting(by):
        AgreementCriterion.objects.filter(pk=chosen.pk, removed_at=None).update(
            removed_at=at, removed_by=officer
        )


def _require_officer(agreement: Agreement, officer: User) -> None:
    if not AuthorityMember.objects.filter(
        user=officer,
        user__is_active=True,
        role=AuthorityMember.Role.OFFICER,
        authority__agreements=agreement,
    ).exists():
        raise NotAllowed
