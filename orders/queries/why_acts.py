"""Why a direct award or a suspension was allowed: what it rests on, who decided, when, and through which door."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.refusals import NotFound
from market.models import Agreement, Authority, LawFigure, Standing
from orders.queries.awards import awards_of, basis_name
from orders.queries.why import JudgedFigure, Trace, trail_of

LIMIT = "direct_award_limit"


@dataclass(frozen=True, slots=True)
class WhyAct:
    """``paragraph`` is that of the day of the act; ``confirmed``: a person has read the figure in its source."""

    title: str
    case_number: str
    paragraph: str
    confirmed: bool
    figures: tuple[JudgedFigure, ...]
    reasons: tuple[JudgedFigure, ...]
    trail: tuple[Trace, ...]


def why_award(authority: Authority, agreement_id: int) -> WhyAct:
    """The whole story of a direct award of the authority. Raises NotFound."""
    award = awards_of(authority).filter(pk=agreement_id).first()
    if award is None:
        raise NotFound
    rests_on = getattr(award, "assessment", None)
    rows = [("market_agreement", award.pk)]
    judged: list[tuple[str, str]] = [
        (_("Leverantör"), ", ".join(_winners(award))),
        (_("Behov"), award.need_category.name if award.need_category else figures.UNKNOWN),
        (_("Takvärde"), figures.money(sum((lot.ceiling_sek for lot in award.lots.all()), start=Decimal(0)))),
    ]
    for signature in award.signatures.select_related("signer", "mandate").order_by("number"):
        rows.append(("market_awardsignature", signature.pk))
        by_right = f" ({signature.mandate.decision})" if signature.mandate else ""
        told = f"{signature.signer.name}{by_right}, {moments.instant(signature.signed_at)}"
        judged.append((_("Underskrift %(number)s") % {"number": signature.number}, told))
    reasons = [(_("Skäl till valet"), award.reason)]
    if rests_on is not None:
        rows.append(("market_valueassessment", rests_on.pk))
        judged += [
            (_("Tolv månader bakåt"), figures.money(rests_on.back_12_sek)),
            (_("Förra räkenskapsåret"), figures.money(rests_on.financial_year_sek)),
            (_("Tolv månader framåt"), figures.money(rests_on.ahead_12_sek)),
            (_("Importerade månader av 24"), figures.number(rests_on.months_covered)),
            (_("Värdet räknat på"), basis_name(rests_on.basis)),
            (_("Behovets värde"), figures.money(rests_on.value_sek)),
            (_("Gräns"), figures.money(rests_on.limit_sek)),
            (_("Marginal till gränsen"), figures.money(rests_on.limit_sek - rests_on.value_sek)),
            (_("Bedömt den"), moments.day(rests_on.valued_on)),
            (_("Liknar en uppdelning"), _("ja") if rests_on.looked_split else _("nej")),
        ]
        reasons += [
            (_("Skäl till värdet"), rests_on.reason),
            (_("Varorna fanns i"), rests_on.covered_by),
            (_("Skäl om varorna redan finns i ett annat avtal"), rests_on.covered_reason),
        ]
    return WhyAct(
        title=award.title,
        case_number=award.case_number,
        paragraph=rests_on.paragraph if rests_on else "",
        confirmed=rests_on is not None
        and LawFigure.objects.on(rests_on.valued_on).filter(code=LIMIT, confirmed_by__isnull=False).exists(),
        figures=tuple(JudgedFigure(label=label, value=value) for label, value in judged),
        reasons=tuple(JudgedFigure(label=label, value=value) for label, value in reasons if value),
        trail=trail_of(*rows),
    )


def _winners(award: Agreement) -> list[str]:
    return [
        f"{party.supplier.name} ({party.supplier.public_number})"
        for lot in award.lots.all()
        for party in lot.parties.all()
    ]


def why_suspended(authority: Authority, standing_id: int) -> WhyAct:
    """The whole story of a suspension at the authority. Raises NotFound."""
    row = (
        Standing.objects.filter(authority=authority, pk=standing_id)
        .select_related("supplier", "decided_by", "matter")
        .first()
    )
    if row is None:
        raise NotFound
    judged = [
        (_("Leverantör"), f"{row.supplier.name} ({row.supplier.public_number})"),
        (_("Från och med"), moments.day(row.valid_from)),
        (_("Till och med"), moments.day(row.valid_to) if row.valid_to else _("tills vidare")),
        (_("Beslutat av"), row.decided_by.name),
        (_("Beslutat"), moments.instant(row.decided_at)),
    ]
    rows = [("market_standing", row.pk)]
    reasons = [(_("Varför gården inte hördes först"), row.unheard_reason)]
    if row.matter is not None:
        rows.append(("market_standingmatter", row.matter.pk))
        reasons += [
            (_("Vad som är känt"), row.matter.facts),
            (_("Det gården fick svara på"), row.matter.hearing_text),
            (_("Gårdens svar"), row.matter.answer),
            (_("Skäl"), row.matter.decision_reason),
        ]
    return WhyAct(
        title=_("Avstängning av %(supplier)s") % {"supplier": row.supplier.name},
        case_number="",
        paragraph=row.clause,
        confirmed=True,
        figures=tuple(JudgedFigure(label=label, value=value) for label, value in judged),
        reasons=tuple(JudgedFigure(label=label, value=value) for label, value in reasons if value),
        trail=trail_of(*rows),
    )
