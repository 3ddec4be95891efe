"""What an agreement is worth from the start, what was changed of it, and the figures that a change is judged by."""

from datetime import date
from decimal import Decimal

from market.models import Agreement, AgreementChange, AgreementOption, LawParagraph
from market.queries.law import law_figure_if_known
from market.rules.changes import Before, Ground, Limits, original_value

NOTHING = Decimal(0)


def change_before(agreement: Agreement) -> Before:
    """The agreement as it stands, in three statements."""
    changes = list(agreement.changes.values_list("ground", "value_sek", "agreement_lot_id"))
    raised = [value for _ground, value, lot in changes if lot is not None]
    unused = AgreementOption.objects.filter(agreement_lot__agreement=agreement, used_on=None)
    return Before(
        original_sek=original_value(
            ceilings_sek=agreement.lots.values_list("ceiling_sek", flat=True),
            changes_sek=raised,
            unused_options_sek=unused.values_list("value_sek", flat=True),
        ),
        changed_sek=sum((value for _ground, value, _lot in changes), NOTHING),
        minor_sek=sum((value for ground, value, _lot in changes if ground == Ground.MINOR), NOTHING),
    )


def change_limits(on: date) -> Limits:
    """The day's figures; None where nobody has typed one in."""
    return Limits(
        amount_sek=_value("eu_threshold_sek", on),
        minor_share=_value("change_share_goods", on),
        additional_share=_value("change_share_additional", on),
    )


def _value(code: str, on: date) -> Decimal | None:
    figure = law_figure_if_known(code=code, on=on)
    return None if figure is None else figure.value


def paragraph_of_change(ground: str, *, regime: str, on: date) -> str:
    """The paragraph of the day, "" where none is known."""
    row = LawParagraph.objects.on(on).filter(rule=f"change_{ground}", regime=regime).first()
    return row.paragraph if row else ""


def changes_of(agreement: Agreement) -> list[AgreementChange]:
    """The first change first."""
    return list(agreement.changes.select_related("decided_by", "agreement_lot").order_by("pk"))
