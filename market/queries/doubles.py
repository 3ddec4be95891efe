"""Products of the register that may be the same goods under two names."""

from dataclasses import dataclass

from django.db import connection

ALIKE = 0.55  # of the trigrams of two names
SHOWN = 12

_DOUBLES = """
SELECT a.id, a.name_sv, b.id, b.name_sv, similarity(a.search_words, b.search_words) AS alike
FROM market_product a
JOIN market_product b ON b.search_words %% a.search_words AND b.id > a.id AND b.category_id = a.category_id
  AND b.base_unit = a.base_unit
WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL
  AND (%(product)s::bigint IS NULL OR %(product)s IN (a.id, b.id))
  AND similarity(a.search_words, b.search_words) >= %(alike)s
ORDER BY alike DESC, a.id, b.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Double:
    """Two products whose names are alike, of one heading and unit. A person decides whether they are the same."""

    first_id: int
    first: str
    second_id: int
    second: str


def doubles(*, product_id: int | None = None) -> list[Double]:
    """The pairs that are most alike; with ``product_id`` only those with that product. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBLES, {"product": product_id, "alike": ALIKE, "most": SHOWN})
        return [
            Double(first_id=first, first=name, second_id=second, second=other)
            for first, name, second, other, _alike in cursor.fetchall()
        ]
