"""Contract loyalty of an authority: call-offs and purchases elsewhere, by need or by supplier, in one statement.

Basis: call-offs by delivery month at what they hold (`market_commitment`), purchases elsewhere by the last day of their
period, amounts in SEK only. The side of a purchase is `orders.rules.loyalty.side_of`, said once more in SQL.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db import connection

from market.models import Authority
from orders.queries.valuation import NEED_OF_A_ROW
from orders.rules.loyalty import Loyalty
from orders.rules.periods import Period

By = Literal["need", "supplier"]
NO_NEED = "-"

# A ledger holds a sole trader's personal number as its organisation number. It is compared here and told nowhere.
NUMBER = "coalesce(s.org_number, right(s.personal_number, 10))"
# A number that doesn't add up (Luhn) names nobody, unless a supplier of the house has it.
KNOWN = f"""CASE WHEN length(number) <> 10 THEN false ELSE (
  SELECT mod(sum(CASE WHEN mod(place, 2) = 1 THEN digit * 2 / 10 + mod(digit * 2, 10) ELSE digit END), 10) = 0
  FROM (SELECT place, substr(elsewhere.number, place, 1)::int AS digit FROM generate_series(1, 10) AS place) AS digits)
  OR EXISTS (SELECT 1 FROM suppliers_supplier s WHERE {NUMBER} = elsewhere.number) END"""
# What each supplier may sell to the authority, and when: by the agreement's own need, or those of the goods in its lots.
_AGREED = f"""
  agreed AS (
    SELECT DISTINCT {NUMBER} AS number, coalesce(a.need_category_id, m.need_category_id) AS need, a.valid_from,
           least(a.valid_to, a.terminated_on) AS valid_to
    FROM market_agreement a
    JOIN market_agreementauthority n ON n.agreement_id = a.id AND n.authority_id = %(authority)s
    JOIN market_agreementlot l ON l.agreement_id = a.id
    JOIN market_lotparty y ON y.agreement_lot_id = l.id
    JOIN suppliers_supplier s ON s.id = y.supplier_id
    LEFT JOIN market_lotproduct g ON g.agreement_lot_id = l.id AND a.need_category_id IS NULL
    LEFT JOIN market_needmapping m ON m.product_id = g.product_id AND m.authority_id = n.authority_id
    WHERE a.signed_at IS NOT NULL
  )"""

_BOUGHT = f"""
WITH {_AGREED}, elsewhere AS (
  SELECT p.id, mapped.need_category_id AS need, p.amount AS sek, p.supplier_name, p.product_text, p.period_end AS day,
         right(regexp_replace(p.supplier_number, '[^0-9]', '', 'g'), 10) AS number
  FROM orders_externalpurchase p
  JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
  {NEED_OF_A_ROW}
  WHERE p.authority_id = %(authority)s AND p.currency = 'SEK' AND p.amount IS NOT NULL
    AND p.period_end BETWEEN %(first)s AND %(last)s
), placed AS (
  SELECT id, need, supplier_name, number, product_text, day, sek,
         CASE WHEN NOT ({KNOWN}) THEN 'unknown'
              WHEN NOT EXISTS (SELECT 1 FROM agreed g WHERE g.number = elsewhere.number
                               AND day BETWEEN g.valid_from AND g.valid_to) THEN 'outside'
              WHEN need IS NULL THEN 'unknown'
              WHEN EXISTS (SELECT 1 FROM agreed g WHERE g.number = elsewhere.number AND g.need = elsewhere.need
                           AND day BETWEEN g.valid_from AND g.valid_to) THEN 'under'
              ELSE 'outside' END AS side
  FROM elsewhere
), bought AS (
  SELECT id, need, CASE WHEN length(number) = 10 THEN number ELSE supplier_name END AS key, supplier_name AS name,
         false AS ours, side, sek, day, product_text AS text FROM placed
  UNION ALL
  SELECT s.id, c.need_category_id, {NUMBER}, s.name, true, 'under', c.net_sek, NULL, ''
  FROM (SELECT need_category_id, supplier_id, sum(net_sek) AS net_sek FROM market_commitment
        WHERE authority_id = %(authority)s AND month BETWEEN %(first)s AND %(last)s GROUP BY 1, 2) c
  JOIN suppliers_supplier s ON s.id = c.supplier_id
)"""
# A supplier's key may be a person's number, so an address tells of one by a row of its: ``s`` with the house's own number of
# the supplier, or ``p`` with that of a purchase.
_TOLD_BY = "CASE WHEN {0}.ours THEN 's' ELSE 'p' END || {0}.id"
# Of one need, of what lies in none (``-``), or of all; of one supplier, or of all.
_OF_NEED = f"""(%(need)s = '' OR coalesce(b.need::text, '-') = %(need)s)
  AND (%(seller)s = '' OR b.key = (SELECT one.key FROM bought one WHERE {_TOLD_BY.format("one")} = %(seller)s LIMIT 1))"""
_LOYALTY = f"""{_BOUGHT}
SELECT %(part)s
  coalesce(sum(sek) FILTER (WHERE side = 'under'), 0), coalesce(sum(sek) FILTER (WHERE side = 'outside'), 0),
  coalesce(sum(sek) FILTER (WHERE side = 'unknown'), 0)
FROM bought b LEFT JOIN market_needcategory k ON k.id = b.need WHERE {_OF_NEED}
GROUP BY %(grouped)s ORDER BY sum(sek) DESC, 1
"""
_ROWS = f"""{_BOUGHT}
SELECT b.ours, b.id, b.day, b.name, b.text, coalesce(k.name, ''), b.side, b.sek
FROM bought b LEFT JOIN market_needcategory k ON k.id = b.need WHERE {_OF_NEED}
ORDER BY b.ours DESC, b.sek DESC, b.id, b.need
"""
# A supplier is one by its number, and has the name that the house knows; without a number by its name.
_PARTS: dict[By, str] = {
    "need": "coalesce(b.need::text, '-'), max(k.name),",
    "supplier": (
        "coalesce('s' || min(b.id) FILTER (WHERE b.ours), 'p' || min(b.id)),"
        " coalesce(max(b.name) FILTER (WHERE b.ours), max(b.name)),"
    ),
}
_GROUPED: dict[By, str] = {"need": "b.need", "supplier": "b.key"}


@dataclass(frozen=True, slots=True)
class LoyaltyPart:
    """``name`` is empty for purchases that lie in no need, or whose file names no supplier.

    ``key`` opens it: the need's number, ``-`` where the purchases lie in none; of a supplier a row of its, never its number,
    which may be a person's.
    """

    name: str
    sums: Loyalty
    key: str


@dataclass(frozen=True, slots=True)
class LoyaltyReport:
    by: By
    parts: tuple[LoyaltyPart, ...]

    @property
    def whole(self) -> Loyalty:
        return sum((part.sums for part in self.parts), start=Loyalty())


@dataclass(frozen=True, slots=True)
class LoyaltyRow:
    """A purchase elsewhere as its file has it; or, ``is_called_off``, all that was called off of a supplier and a need."""

    is_called_off: bool
    pk: int
    day: date | None
    supplier: str
    text: str
    need: str
    sums: Loyalty


def loyalty_rows(
    authority: Authority, period: Period, *, need: str = "", seller: str = ""
) -> tuple[LoyaltyRow, ...]:
    """What the sums are made of: call-offs first, then purchases, the largest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, _told(authority, period, need, seller))
        return tuple(
            LoyaltyRow(ours, pk, day, supplier, text, need, Loyalty(**{f"{side}_sek": sek}))
            for ours, pk, day, supplier, text, need, side, sek in cursor.fetchall()
        )


def _told(authority: Authority, period: Period, need: str, seller: str) -> dict[str, int | date | str]:
    return {
        "authority": authority.pk,
        "first": period.first,
        "last": period.last,
        "need": need,
        "seller": seller,
    }


def loyalty(
    authority: Authority, period: Period, *, by: By, need: str = "", seller: str = ""
) -> LoyaltyReport:
    """The largest first, in one statement; ``need`` and ``seller`` the key of a part, or empty for all."""
    statement = _LOYALTY.replace("%(part)s", _PARTS[by]).replace("%(grouped)s", _GROUPED[by])
    with connection.cursor() as cursor:
        cursor.execute(statement, _told(authority, period, need, seller))
        rows: list[tuple[str, str | None, Decimal, Decimal, Decimal]] = cursor.fetchall()
    return LoyaltyReport(
        by=by,
        parts=tuple(
            LoyaltyPart(name=name or "", sums=Loyalty(under, outside, unknown), key=key)
            for key, name, under, outside, unknown in rows
        ),
    )
