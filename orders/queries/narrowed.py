"""What a question is narrowed to: a kitchen, supplier, category, product, agreement, lot or mark; in SQL and in words."""

from dataclasses import dataclass, fields
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from market.models import Authority
from orders.queries.mark_words import marks_name
from orders.queries.officer_words import allotment_name, rule_name

NONE_OF_THEM = "-"  # goods without a mark, call-offs by which nobody was passed over

_OF_CATEGORY = "{row}.product_id IN (SELECT id FROM market_product WHERE category_id = %(category_id)s)"
_OF_AGREEMENT = (
    "{row}.agreement_lot_id IN (SELECT id FROM market_agreementlot WHERE agreement_id = %(agreement_id)s)"
)
_OF_ALLOTMENT = (
    "{row}.agreement_lot_id IN (SELECT id FROM market_agreementlot WHERE allotment = %(allotment)s)"
)
_CLAUSES = {
    "kitchen_id": "{row}.kitchen_id = %(kitchen_id)s",
    "supplier_id": "{row}.supplier_id = %(supplier_id)s",
    "category_id": _OF_CATEGORY,
    "product_id": "{row}.product_id = %(product_id)s",
    "agreement_id": _OF_AGREEMENT,
    "lot_id": "{row}.agreement_lot_id = %(lot_id)s",
}
_NAMES = """
SELECT (SELECT name FROM kitchens_kitchen WHERE id = %(kitchen_id)s AND authority_id = %(authority)s),
       (SELECT name FROM suppliers_supplier WHERE id = %(supplier_id)s),
       (SELECT name_{tongue} FROM market_productcategory WHERE id = %(category_id)s),
       (SELECT name_{tongue} FROM market_product WHERE id = %(product_id)s),
       (SELECT title FROM market_agreement WHERE id = %(agreement_id)s AND id IN {named}),
       (SELECT name FROM market_agreementlot WHERE id = %(lot_id)s AND agreement_id IN {named})
"""
_NAMED = "(SELECT agreement_id FROM market_agreementauthority WHERE authority_id = %(authority)s)"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Keys, None where the question is not narrowed. ``mark`` is one that the goods carry, ``marks`` all that they do.

    ``allotment`` is how a lot chooses among its parties, ``reason`` the rule by which an earlier one was passed over.
    """

    kitchen_id: int | None = None
    supplier_id: int | None = None
    category_id: int | None = None
    product_id: int | None = None
    agreement_id: int | None = None
    lot_id: int | None = None
    mark: str = ""
    marks: str = ""
    allotment: str = ""
    reason: str = ""

    @property
    def keys(self) -> dict[str, Any]:
        """The values that the clauses name."""
        found: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(Narrowed)}
        told = {name: "" if found[name] == NONE_OF_THEM else found[name] for name in ("marks", "reason")}
        return found | {f"{name}_told": value for name, value in told.items()}

    @property
    def question(self) -> dict[str, str]:
        """As an address tells it: ``kitchen=3&mark=organic``."""
        told = {name: getattr(self, each) for name, each in _TOLD.items()}
        return {name: str(value) for name, value in told.items() if value not in (None, "")}

    def clauses(self, *, row: str, marks: str, passed_over: str) -> list[str]:
        """Of a table ``row`` that has the keys as columns; ``marks`` is its text of marks, parted by commas."""
        found = [
            clause.format(row=row) for name, clause in _CLAUSES.items() if getattr(self, name) is not None
        ]
        if self.mark:
            found.append(f"%(mark)s = ANY (string_to_array({marks}, ','))")
        if self.marks:
            found.append(f"{marks} = %(marks_told)s")
        if self.allotment:
            found.append(_OF_ALLOTMENT.format(row=row))
        if self.reason:
            found.append(f"{passed_over} = %(reason_told)s")
        return found

    def of_tallies(self, *, row: str = "t") -> str:
        """Clauses behind a WHERE that stands."""
        found = self.clauses(row=row, marks=f"{row}.marks", passed_over=f"{row}.passed_over")
        return "".join(f" AND {clause}" for clause in found)

    def words(self, authority: Authority, *, language: str) -> tuple[str, ...]:
        """The names of what the question is narrowed to. One statement, and none where it is not."""
        found: list[str] = []
        if any(getattr(self, name) is not None for name in _CLAUSES):
            tongue = "en" if language.startswith("en") else "sv"
            with connection.cursor() as cursor:
                cursor.execute(
                    _NAMES.format(tongue=tongue, named=_NAMED), {**self.keys, "authority": authority.pk}
                )
                found += [name for name in cursor.fetchone() if name]
        if self.mark:
            found.append(_("märkt %(mark)s") % {"mark": marks_name(self.mark)})
        if self.marks:
            found.append(marks_name(self.keys["marks_told"]))
        if self.allotment:
            found.append(allotment_name(self.allotment))
        if self.reason:
            found.append(_("den som stod i tur") if self.reason == NONE_OF_THEM else rule_name(self.reason))
        return tuple(found)


_TOLD = {each.name.removesuffix("_id"): each.name for each in fields(Narrowed)}
EVERYTHING = Narrowed()
