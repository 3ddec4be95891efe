"""What a report may be narrowed to, for the selects of its page. One statement for them all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from market.queries.names import mark_name
from orders.queries.reports.asked import Asked
from suppliers.rules.certificates import LABELS

_NAMED = "SELECT agreement_id FROM market_agreementauthority WHERE authority_id = %(authority)s"
_KNOWN = {
    "kitchen": "SELECT id, name, sort_key FROM kitchens_kitchen WHERE authority_id = %(authority)s",
    "supplier": f"""SELECT s.id, s.name, s.sort_key FROM suppliers_supplier s WHERE s.id IN (
      SELECT y.supplier_id FROM market_lotparty y JOIN market_agreementlot l ON l.id = y.agreement_lot_id
      JOIN market_agreement a ON a.id = l.agreement_id AND a.signed_at IS NOT NULL WHERE a.id IN ({_NAMED}))""",
    "category": "SELECT id, name_{tongue}, name_{tongue} FROM market_productcategory",
    "agreement": f"SELECT id, title, title FROM market_agreement WHERE signed_at IS NOT NULL AND id IN ({_NAMED})",
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """One select: its name in the address, its label, what leaves it open, and what there is to choose."""

    name: str
    label: str
    all_of_them: str
    choices: tuple[Choice, ...]


def choices_of(asked: Asked, narrowing: Sequence[str]) -> list[Choices]:
    """The selects of a report, each with what is chosen now."""
    chosen = asked.narrowed.question
    known = _known(asked, [name for name in narrowing if name in _KNOWN])
    known["mark"] = [(kind, mark_name(kind)) for kind in sorted(LABELS)]
    return [
        Choices(
            name=name,
            label=_labels(name)[0],
            all_of_them=_labels(name)[1],
            choices=tuple(
                Choice(value=key, name=words, chosen=chosen.get(name) == key) for key, words in known[name]
            ),
        )
        for name in narrowing
    ]


def _labels(name: str) -> tuple[str, str]:
    return {
        "kitchen": (_("Kök"), _("Alla kök")),
        "supplier": (_("Leverantör"), _("Alla leverantörer")),
        "category": (_("Varukategori"), _("Alla varor")),
        "agreement": (_("Avtal"), _("Alla avtal")),
        "mark": (_("Märkning"), _("Med och utan märkning")),
    }[name]


def _known(asked: Asked, names: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    if not names:
        return found
    parts = [
        f"SELECT '{name}' AS sort, k.id::text, k.name FROM ({_KNOWN[name].format(tongue=asked.tongue)})"
        " AS k(id, name, place)"
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"({part} ORDER BY k.place, k.id)" for part in parts),
            {"authority": asked.authority.pk},
        )
        for sort, key, name in cursor.fetchall():
            found[sort].append((key, name))
    return found
