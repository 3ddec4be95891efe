"""The school's board and what the school means by payback."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from kitchens.models import Kitchen, PaybackBoard, PaybackDefinition
from kitchens.rules.payback import FORMULA_VERSION

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class DefinitionDraft:
    """What the saving pays back for, in the school's words; goal in kg CO2e; the frozen year with its kg a portion."""

    text: str
    valid_from: date
    goal_kg: Decimal | None = None
    frozen_year: int | None = None
    frozen_kg_per_portion: Decimal | None = None


def open_board(*, kitchen: Kitchen, slug: str, by: Actor, is_public: bool = True) -> PaybackBoard:
    """The school's public screen at ``/board/<slug>``; a second time its address and openness are set anew.

    Raises InvalidInput for an address that is none or taken.
    """
    if slug != slugify(slug) or not slug:
        raise InvalidInput(
            fields={"slug": [_("Skriv adressen med små bokstäver a–z, siffror och bindestreck.")]}
        )
    with acting(by):
        try:
            with transaction.atomic():
                board, _fresh = PaybackBoard.objects.update_or_create(
                    kitchen=kitchen, defaults={"slug": slug, "is_public": is_public}
                )
        except IntegrityError:
            raise InvalidInput(fields={"slug": [_("En annan skola har redan den adressen.")]}) from None
    return board


def define_payback(*, board: PaybackBoard, draft: DefinitionDraft, by: Actor) -> PaybackDefinition:
    """A new version of the school's definition; what was told under the old ones stands. Raises InvalidInput."""
    faults: dict[str, list[str]] = {}
    if not 0 < len(draft.text.strip()) <= LONGEST_TEXT:
        faults["text"] = [
            _("Skriv vad besparingen betalar tillbaka för, högst %(most)s tecken.") % {"most": LONGEST_TEXT}
        ]
    if draft.goal_kg is not None and draft.goal_kg <= 0:
        faults["goal_kg"] = [_("Ett mål är över noll.")]
    if (draft.frozen_year is None) is not (draft.frozen_kg_per_portion is None):
        faults["frozen_kg_per_portion"] = [_("Det frysta året och dess siffra hör ihop.")]
    elif draft.frozen_kg_per_portion is not None and draft.frozen_kg_per_portion <= 0:
        faults["frozen_kg_per_portion"] = [_("Ange en siffra över noll.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        PaybackBoard.objects.select_for_update(no_key=True).get(pk=board.pk)
        last = board.definitions.aggregate(last=Max("version"))["last"] or 0
        return PaybackDefinition.objects.create(
            board=board,
            version=last + 1,
            text=draft.text.strip(),
            formula_version=FORMULA_VERSION,
            goal_kg=draft.goal_kg,
            frozen_year=draft.frozen_year,
            frozen_kg_per_portion=draft.frozen_kg_per_portion,
            valid_from=draft.valid_from,
            decided_by_id=by.user_id,
        )
