"""Who may sign for how much, and when a second person must sign too. Amounts are SEK excl. VAT, options included."""

from decimal import Decimal


def may_sign(amount_sek: Decimal, *, up_to_sek: Decimal | None, delegated: bool) -> bool:
    """Whether a person signs alone for the amount. ``up_to_sek``: her own delegation, None without one.

    Where the authority has written no delegation (``delegated`` False) an officer signs by office; where it has, each
    signs up to her own and nobody without one.
    """
    if not delegated:
        return True
    return up_to_sek is not None and amount_sek <= up_to_sek


def signatures_needed(amount_sek: Decimal, *, two_from_sek: Decimal | None) -> int:
    """Two when the amount exceeds the authority's own; one where it has set none."""
    return 2 if two_from_sek is not None and amount_sek > two_from_sek else 1
