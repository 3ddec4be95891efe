"""Recipes: each saving is a new version; an old one never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from kitchens.models import Recipe, RecipeLine, RecipeVersion
from kitchens.queries.recipes import book_by_name
from kitchens.refusals import RecipeGoesRound
from kitchens.rules.dish_names import claims_in
from kitchens.rules.menus import Part, RecipeLoop, WeightAs, portion_weights
from kitchens.rules.menus import Recipe as RecipeOfRule
from market.models import Authority

ONE = Decimal(1)
MOST_LINES = 80
MOST_KG = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class LineDraft:
    """Goods by weight, or ``part_portions`` of another recipe's version. ``kg`` is for the whole recipe."""

    name: str
    kg: Decimal | None = None
    product_id: int | None = None
    food_id: int | None = None
    part_id: int | None = None
    part_portions: Decimal | None = None
    weight_as: str = WeightAs.PURCHASED
    edible_share: Decimal = ONE
    cooked_per_raw: Decimal = ONE


@dataclass(frozen=True, slots=True)
class RecipeDraft:
    """``portions`` is what the lines make. ``published_co2e_kg`` is another's figure, with its source."""

    name: str
    portions: Decimal
    lines: Sequence[LineDraft] = ()
    portion_kg: Decimal | None = None
    note: str = ""
    published_co2e_kg: Decimal | None = None
    published_source: str = ""


def save_recipe(
    *, authority: Authority, draft: RecipeDraft, at: datetime | None = None, by: Actor
) -> RecipeVersion:
    """The next version of the recipe of that name, or its first. ``at`` is the time of an import, one for all its recipes.

    Raises InvalidInput and RecipeGoesRound.
    """
    _check(draft)
    name = draft.name.strip()
    with acting(by):
        recipe, _fresh = Recipe.objects.get_or_create(authority=authority, name=name)
        Recipe.objects.select_for_update(no_key=True).get(pk=recipe.pk)
        Recipe.objects.filter(pk=recipe.pk, hidden_at__isnull=False).update(hidden_at=None)
        parts = _parts(authority, draft)
        _refuse_loop(name, draft, parts)
        last = recipe.versions.aggregate(last=Max("number"))["last"] or 0
        version = RecipeVersion.objects.create(
            recipe=recipe,
            authority=authority,
            number=last + 1,
            portions=draft.portions,
            portion_kg=draft.portion_kg,
            note=draft.note.strip(),
            published_co2e_kg=draft.published_co2e_kg,
            published_source=draft.published_source.strip(),
            made_by_id=by.user_id,
            made_at=at or Now(),
        )
        RecipeLine.objects.bulk_create(
            RecipeLine(
                version=version,
                authority=authority,
                position=position,
                name=line.name.strip(),
                product_id=line.product_id,
                food_id=line.food_id,
                part_id=line.part_id,
                kg=line.kg,
                part_portions=line.part_portions,
                weight_as=line.weight_as,
                edible_share=line.edible_share,
                cooked_per_raw=line.cooked_per_raw,
            )
            for position, line in enumerate(draft.lines, start=1)
        )
    return version


def _check(draft: RecipeDraft) -> None:
    faults: dict[str, list[str]] = {}
    if not draft.name.strip():
        faults["name"] = [_("Skriv receptets namn.")]
    if claims := claims_in(draft.name):
        faults["name"] = [
            _("En rätt berättar sin siffra och berömmer sig inte själv. Ta bort: %(claims)s.")
            % {"claims": ", ".join(claims)}
        ]
    if not draft.portions > 0:
        faults["portions"] = [_("Ange fler än noll portioner.")]
    if draft.portion_kg is not None and draft.portion_kg <= 0:
        faults["portion_kg"] = [_("En portion väger mer än noll.")]
    if len(draft.lines) > MOST_LINES:
        faults["lines"] = [_("Högst %(most)s rader.") % {"most": MOST_LINES}]
    if draft.published_co2e_kg is not None and not draft.published_source.strip():
        faults["published_source"] = [_("Ange varifrån siffran kommer.")]
    for number, line in enumerate(draft.lines):
        faults |= {f"lines.{number}.{name}": [words] for name, words in _faults_of(line).items()}
    if faults:
        raise InvalidInput(fields=faults)


def _faults_of(line: LineDraft) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not line.name.strip():
        faults["name"] = _("Skriv vad det är.")
    if line.part_id is not None:
        if line.part_portions is None or line.part_portions <= 0:
            faults["part_portions"] = _("Ange fler än noll portioner.")
    elif line.kg is None or not 0 < line.kg <= MOST_KG:
        faults["kg"] = _("Ange en vikt över noll.")
    if line.weight_as not in set(WeightAs):
        faults["weight_as"] = _("Välj hur vikten är vägd.")
    if not 0 < line.edible_share <= 1 or line.cooked_per_raw <= 0:
        faults["edible_share"] = _("Ätlig andel är över 0 och högst 1, tillagningsutbyte över 0.")
    return faults


def _parts(authority: Authority, draft: RecipeDraft) -> dict[int, RecipeVersion]:
    asked = {line.part_id for line in draft.lines if line.part_id is not None}
    found = RecipeVersion.objects.select_related("recipe").filter(authority=authority).in_bulk(asked)
    if missing := asked - set(found):
        raise InvalidInput(
            fields={
                f"lines.{number}.part": [_("Receptet finns inte.")]
                for number, line in enumerate(draft.lines)
                if line.part_id in missing
            }
        )
    return found


def _refuse_loop(name: str, draft: RecipeDraft, parts: dict[int, RecipeVersion]) -> None:
    """A version takes in older ones only, but a recipe must not come round to itself by name either."""
    book = dict(book_by_name(list(parts)))
    book[name] = RecipeOfRule(
        key=name,
        portions=draft.portions,
        parts=[
            Part(parts[line.part_id].recipe.name, line.part_portions or ONE)
            for line in draft.lines
            if line.part_id is not None
        ],
    )
    try:
        portion_weights(name, book)
    except RecipeLoop as loop:
        raise RecipeGoesRound(way=" → ".join(loop.path)) from None
