"""``efterannons``: what a post-award notice and UHM's statistics ask of each contract (lag 2019:668), as far as it is known.

Only what is signed: before that bids are secret, and their number too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from orders.queries.officer_words import kind_name
from orders.queries.reports.asked import Asked
from orders.queries.reports.telling import sek_column, whole_name
from orders.rules.reporting import Column, Coverage, Kind, Part, Report, Told, ratio, whole_of
from suppliers.models import public_number

# The goods' CPV on the day of signing; what is not mapped is told as missing.
_CONTRACTS = """
SELECT a.id, a.title, a.kind, a.case_number, (a.signed_at AT TIME ZONE 'Europe/Stockholm')::date, a.valid_from, a.valid_to,
       s.name, s.org_number, s.legal_form,
       (SELECT sum(lot.ceiling_sek) FROM market_agreementlot lot WHERE lot.agreement_id = a.id),
       v.value_sek, d.bids,
       (SELECT string_agg(DISTINCT c.cpv, ', ' ORDER BY c.cpv)
        FROM market_agreementlot lot JOIN market_lotproduct g ON g.agreement_lot_id = lot.id
        JOIN market_cpvmapping c ON c.product_id = g.product_id
         AND (a.signed_at AT TIME ZONE 'Europe/Stockholm')::date >= c.valid_from
         AND (c.valid_to IS NULL OR (a.signed_at AT TIME ZONE 'Europe/Stockholm')::date <= c.valid_to)
        WHERE lot.agreement_id = a.id),
       a.notice_number, count(*) OVER (PARTITION BY a.id)
FROM market_agreement a
JOIN market_agreementauthority n ON n.agreement_id = a.id AND n.authority_id = %(authority)s
JOIN (SELECT DISTINCT lot.agreement_id, y.supplier_id FROM market_lotparty y
      JOIN market_agreementlot lot ON lot.id = y.agreement_lot_id) party ON party.agreement_id = a.id
JOIN suppliers_supplier s ON s.id = party.supplier_id
LEFT JOIN market_valueassessment v ON v.agreement_id = a.id
LEFT JOIN market_awarddocumentation d ON d.agreement_id = a.id
WHERE (a.signed_at AT TIME ZONE 'Europe/Stockholm')::date BETWEEN %(first)s AND %(last)s
ORDER BY 5, a.id, s.sort_key
"""


@dataclass(frozen=True, slots=True)
class _Contract:
    agreement_id: int
    title: str
    kind: str
    case_number: str
    signed_on: date
    valid_from: date
    valid_to: date
    supplier: str
    org_number: str | None
    legal_form: str
    ceiling_sek: Decimal
    value_sek: Decimal | None
    bids: int | None
    cpv: str | None
    notice_number: str
    parties: int


def post_award_report(asked: Asked) -> Report:
    """A row for each contract and supplier; codes and value of a contract of several stand at its first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CONTRACTS,
            {"authority": asked.authority.pk, "first": asked.period.first, "last": asked.period.last},
        )
        found = [_Contract(*row) for row in cursor.fetchall()]
    columns, parts = _columns(), _parts(found)
    return Report(
        slug="efterannons",
        told=Told(
            title=_("Efterannonser och statistik"),
            definition=_(
                "Undertecknade avtal med det som efterannonsen och UHM:s statistik frågar efter och som huset vet. Tom cell är inte känt här: fyll i det i annonsdatabasen."
            ),
            period=asked.period,
            basis=_("dagen för underskrift"),
            source=_("avtalen, värdebedömningarna och dokumentationen"),
            coverage=(
                Coverage(ratio(sum(1 for each in found if each.cpv), len(found)), _("av raderna har en CPV-kod")),
                Coverage(
                    ratio(sum(1 for each in found if each.bids is not None), len(found)),
                    _("av raderna har ett antal anbud"),
                ),
            ),
            notes=(
                _("Vilka fält statistiken kräver är inte bekräftat mot föreskriften: jämför innan du lämnar."),
            ),
        ),
        columns=columns,
        parts=parts,
        whole=whole_of(columns, parts, name=whole_name()),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Avtal"), Kind.WORDS),
        Column("case_number", _("Ärende"), Kind.WORDS),
        Column("kind", _("Förfarande"), Kind.WORDS),
        Column("notice", _("Annons"), Kind.WORDS),
        Column("cpv", "CPV", Kind.WORDS),
        Column("signed_on", _("Undertecknat"), Kind.DAY),
        Column("valid_from", _("Från"), Kind.DAY),
        Column("valid_to", _("Till"), Kind.DAY),
        Column("supplier", _("Leverantör"), Kind.WORDS),
        Column("number", _("Organisationsnummer"), Kind.WORDS),
        Column("bids", _("Anbud"), Kind.COUNT),
        sek_column("value_sek", _("Värde")),
        sek_column("ceiling_sek", _("Tak")),
    )


def _parts(found: Sequence[_Contract]) -> tuple[Part, ...]:
    parts: list[Part] = []
    told: set[int] = set()
    for each in found:
        first = each.agreement_id not in told
        told.add(each.agreement_id)
        money: tuple[Any, ...] = (each.value_sek, each.ceiling_sek) if first else (None, None)
        parts.append(
            Part(
                f"{each.agreement_id}-{len(parts)}",
                (
                    each.title,
                    each.case_number,
                    kind_name(each.kind),
                    each.notice_number,
                    each.cpv if first else None,
                    each.signed_on,
                    each.valid_from,
                    each.valid_to,
                    each.supplier,
                    public_number(each.org_number),
                    each.bids,
                    *money,
                ),
            )
        )
    return tuple(parts)
