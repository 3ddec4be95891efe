"""A recipe as a cook types it: a name a line, of goods, of a food, or of another recipe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.ground.fields import read_decimal
from kitchens.actions.recipes import MOST_LINES, LineDraft, RecipeDraft
from kitchens.models import RecipeLine, RecipeVersion
from kitchens.queries.recipe_pages import Known
from kitchens.rules.menus import WeightAs

ONE = Decimal(1)
BLANK_LINES = 4
NAMES = ("vara", "mangd", "vagd", "atlig", "utbyte")


@dataclass(slots=True)
class TypedLine:
    """One line as typed; ``errors`` by the field's name."""

    number: int
    vara: str = ""
    mangd: str = ""
    vagd: str = WeightAs.PURCHASED.value
    atlig: str = ""
    utbyte: str = ""
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RecipeForm:
    """What was typed, and its faults: ``errors`` by field, each line its own."""

    name: str = ""
    portions: str = "100"
    portion_kg: str = ""
    note: str = ""
    lines: list[TypedLine] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    drafts: list[LineDraft] = field(default_factory=list)

    @classmethod
    def read(cls, posted: Mapping[str, str], known: Known) -> "RecipeForm":
        form = cls(
            name=posted.get("name", "").strip()[:120],
            portions=posted.get("portions", "").strip()[:20],
            portion_kg=posted.get("portion_kg", "").strip()[:20],
            note=posted.get("note", "").strip()[:2000],
        )
        for number in range(1, MOST_LINES + 1):
            typed: dict[str, Any] = {
                name: str(posted.get(f"{name}-{number}", "")).strip()[:120] for name in NAMES
            }
            if not typed["vara"] and not typed["mangd"]:
                continue
            line = TypedLine(number=len(form.lines) + 1, **typed, errors={})
            form.lines.append(line)
            if (draft := _draft(line, known)) is not None:
                form.drafts.append(draft)
        form.lines += [TypedLine(number=len(form.lines) + number) for number in range(1, BLANK_LINES + 1)]
        return form

    @property
    def is_readable(self) -> bool:
        return not self.errors and not any(line.errors for line in self.lines)

    def draft(self) -> RecipeDraft:
        """As the action takes it; what can't be read is marked in ``errors``."""
        portions = self._decimal("portions") or Decimal(0)
        return RecipeDraft(
            name=self.name,
            portions=portions,
            lines=self.drafts,
            portion_kg=self._decimal("portion_kg"),
            note=self.note,
        )

    def lines_so_far(self) -> list[RecipeLine]:
        """What can be read already, as lines that are not saved: for figures while one types."""
        return [
            RecipeLine(
                name=each.name,
                kg=each.kg,
                product_id=each.product_id,
                food_id=each.food_id,
                part_id=each.part_id,
                part_portions=each.part_portions,
                weight_as=each.weight_as,
                edible_share=each.edible_share,
                cooked_per_raw=each.cooked_per_raw,
            )
            for each in self.drafts
            if 0 < each.edible_share <= 1 and each.cooked_per_raw > 0 and each.weight_as in set(WeightAs)
        ]

    def _decimal(self, name: str) -> Decimal | None:
        try:
            return read_decimal(getattr(self, name))
        except ValidationError as error:
            self.errors[name] = " ".join(error.messages)
            return None

    def mark(self, faults: Mapping[str, Sequence[str]]) -> None:
        """Put the action's faults beside what they are about."""
        for where, words in faults.items():
            parts = where.split(".")
            number = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else -1
            if 0 <= number < len(self.lines):
                self.lines[number].errors["vara"] = " ".join(words)
            else:
                self.errors[where] = " ".join(words)


def _draft(line: TypedLine, known: Known) -> LineDraft | None:
    amount = _read(line, "mangd")
    if not line.vara:
        line.errors["vara"] = _("Skriv vad det är.")
    if amount is None or amount <= 0:
        line.errors.setdefault("mangd", _("Ange en mängd över noll."))
    edible, per_raw = _read(line, "atlig"), _read(line, "utbyte")
    if line.errors or amount is None:
        return None
    name = line.vara.casefold()
    if name not in known.products and name in known.recipes:
        return LineDraft(name=line.vara, part_id=known.recipes[name], part_portions=amount)
    product = known.products.get(name)
    return LineDraft(
        name=line.vara,
        kg=amount,
        product_id=product,
        food_id=None if product else known.foods.get(name),
        weight_as=line.vagd or WeightAs.PURCHASED,
        edible_share=ONE if edible is None else edible / 100,
        cooked_per_raw=ONE if per_raw is None else per_raw,
    )


def _read(line: TypedLine, name: str) -> Decimal | None:
    try:
        return read_decimal(getattr(line, name))
    except ValidationError as error:
        line.errors[name] = " ".join(error.messages)
        return None


def form_of(version: RecipeVersion) -> RecipeForm:
    """The version as it would have been typed."""
    rows = version.lines.select_related("product", "part__recipe").order_by("position")
    lines = [
        TypedLine(
            number=number,
            vara=line.part.recipe.name if line.part else line.product.name_sv if line.product else line.name,
            mangd=_plain(line.kg if line.kg is not None else line.part_portions),
            vagd=line.weight_as,
            atlig="" if line.edible_share == 1 else _plain(line.edible_share * 100),
            utbyte="" if line.cooked_per_raw == 1 else _plain(line.cooked_per_raw),
        )
        for number, line in enumerate(rows, start=1)
    ]
    lines += [TypedLine(number=len(lines) + number) for number in range(1, BLANK_LINES + 1)]
    return RecipeForm(
        name=version.recipe.name,
        portions=_plain(version.portions),
        portion_kg=_plain(version.portion_kg),
        note=version.note,
        lines=lines,
    )


def _plain(value: Decimal | None) -> str:
    """As a Swede types it; a box reads both marks."""
    if value is None:
        return ""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")
