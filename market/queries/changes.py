"""What an agreement is worth from the start, what was changed of it, and the figures that a change is judged by."""

from datetime import date
from decimal import Decimal

from django.db import connection

from market.models import Agreement, AgreementChange, LawFigure, LawParagraph
from market.rules.changes import Before, Limits, original_value

NOTHING = Decimal(0)
CODES = ("eu_threshold_sek", "change_share_goods", "change_share_additional")


_BEFORE = """
SELECT (SELECT coalesce(sum(ceiling_sek), 0) FROM market_agreementlot WHERE agreement_id = %(agreement)s),
       coalesce(sum(value_sek) FILTER (WHERE agreement_lot_id IS NOT NULL), 0), coalesce(sum(value_sek), 0),
       coalesce(sum(value_sek) FILTER (WHERE ground = 'minor'), 0),
       (SELECT coalesce(sum(o.value_sek), 0) FROM market_agreementoption o
        JOIN market_agreementlot l ON l.id = o.agreement_lot_id
        WHERE l.agreement_id = %(agreement)s AND o.used_on IS NULL)
FROM market_agreementchange WHERE agreement_id = %(agreement)s
"""


def change_before(agreement_id: int) -> Before:
    """The agreement as it stands, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, {"agreement": agreement_id})
        ceilings, raised, changed, minor, unused = cursor.fetchone()
    return Before(
        original_sek=original_value(
            ceilings_sek=[ceilings], changes_sek=[raised], unused_options_sek=[unused]
        ),
        changed_sek=changed,
        minor_sek=minor,
    )


def change_limits(on: date) -> Limits:
    """The day's figures, in one statement; None where nobody has typed one in, or where two claim the day."""
    found: dict[str, list[Decimal]] = {}
    rows = LawFigure.objects.on(on).filter(code__in=CODES, value__isnull=False)
    for code, value in rows.values_list("code", "value"):
        found.setdefault(code, []).append(value or NOTHING)
    amount, minor, additional = (found[code][0] if len(found.get(code, ())) == 1 else None for code in CODES)
    return Limits(amount_sek=amount, minor_share=minor, additional_share=additional)


def paragraph_of_change(ground: str, *, regime: str, on: date) -> str:
    """The paragraph of the day, "" where none is known."""
    row = LawParagraph.objects.on(on).filter(rule=f"change_{ground}", regime=regime).first()
    return row.paragraph if row else ""


def changes_of(agreement: Agreement) -> list[AgreementChange]:
    """The first change first."""
    return list(agreement.changes.select_related("decided_by", "agreement_lot").order_by("pk"))
