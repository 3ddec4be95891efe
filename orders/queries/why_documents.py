"""The pages "why was this allowed?" as documents: word for word what the page says, for a tagged PDF."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from config.ground import figures, moments
from config.ground.documents import Facts, Heading, Part, Table, Words
from market.models import AgreementPrice
from market.queries.findings import ToldVerdict
from market.queries.names import promised_name
from orders.queries.why import Booked, JudgedFigure, Trace, Why, WhyOrder
from orders.queries.why_acts import WhyAct


def call_off_lead(why: Why) -> str:
    return _("%(packs)s × %(pack)s %(product)s från %(supplier)s till %(kitchen)s, %(day)s.") % {
        **_goods(why),
        "kitchen": why.call_off.kitchen.name,
        "day": moments.day(why.call_off.delivery_date),
    }


def call_off_parts(why: Why) -> tuple[Part, ...]:
    return (
        Heading(_("Avrop %(number)s") % {"number": why.call_off.pk}),
        *_story(why, level=1),
    )


def order_lead(why: WhyOrder) -> str:
    return _("%(kitchen)s, leverans %(day)s. Beställd av %(person)s; den nådde huset %(at)s.") % {
        "kitchen": why.order.kitchen.name,
        "day": moments.day(why.order.delivery_date),
        "person": why.order.placed_by.name,
        "at": _stamp(why.order.arrived_at),
    }


def order_parts(why: WhyOrder) -> tuple[Part, ...]:
    parts: list[Part] = [Words(_("Beställning %(number)s") % {"number": why.order.pk})]
    for each in why.call_offs:
        parts.append(Heading(_("%(packs)s × %(pack)s %(product)s från %(supplier)s") % _goods(each)))
        parts.extend(_story(each, level=2))
    if not why.call_offs:
        parts.append(Words(_("Ingen rad i beställningen blev ett avrop.")))
    return (*parts, Heading(_("Beställningen och dess rader")), _trail(why.trail))


def act_lead() -> str:
    return _("Varför var detta tillåtet?")


def act_parts(why: WhyAct) -> tuple[Part, ...]:
    """An award or a suspension."""
    parts: list[Part] = []
    if why.case_number:
        parts.append(Words(why.case_number))
    if why.paragraph:
        parts.append(Words(_paragraph(why.paragraph, confirmed=why.confirmed)))
    parts.append(_figures(why.figures))
    for reason in why.reasons:
        parts += [Heading(reason.label), Words(reason.value)]
    return (*parts, Heading(_("Vem, när och genom vilken dörr")), _trail(why.trail))


def _goods(why: Why) -> dict[str, str]:
    return {
        "packs": figures.number(why.call_off.packs),
        "pack": promised_name(why.call_off.promise, "pack"),
        "product": promised_name(why.call_off.promise, "product"),
        "supplier": why.call_off.supplier.name,
    }


def _story(why: Why, *, level: int) -> Iterator[Part]:
    yield _facts(why)
    yield Heading(_("Reglerna som avropet klarade"), level)
    yield _verdicts(why.passed)
    if why.passed_over:
        yield Heading(_("Varför inte någon annan gård eller ett annat avtal"), level)
        yield _verdicts(why.passed_over)
    yield Heading(_("Siffrorna som bedömdes"), level)
    yield _figures(why.figures)
    yield Heading(_("Vem, när och genom vilken dörr"), level)
    yield _trail(why.trail)
    yield Heading(_("Vad som hänt sedan"), level)
    yield _movements(why.movements) if why.movements else Words(_nothing_yet(why))


def _facts(why: Why) -> Facts:
    call_off = why.call_off
    legal = call_off.promise["legal"]
    price = (
        figures.money(call_off.price_sek, per="kg")
        if call_off.price_per == AgreementPrice.Per.KG
        else f"{figures.money(call_off.price_sek)} {_('per förpackning')}"
    )
    return Facts(
        (
            (_("Avtal"), f"{legal['agreement']} ({legal['case_number']}), {legal['lot']}"),
            (_("Värde"), f"{figures.money(call_off.net_sek)} ({price})"),
            (_("Vikt"), figures.with_unit(figures.number(call_off.kg), unit="kg")),
            (_("Bedömt"), _stamp(call_off.order.arrived_at)),
            (_("Reglernas version"), why.rules_version),
        )
    )


def _figures(judged: Sequence[JudgedFigure]) -> Facts:
    return Facts(tuple((each.label, each.value) for each in judged))


def _verdicts(verdicts: Sequence[ToldVerdict]) -> Table:
    return Table(
        columns=(_("Regel"), _("Paragraf"), _("Utfall")),
        rows=tuple(
            (
                each.sentence,
                _paragraph(each.paragraph, confirmed=each.confirmed),
                _("uppfylld") if each.ok else _("ledde vidare"),
            )
            for each in verdicts
        ),
    )


def _paragraph(paragraph: str, *, confirmed: bool) -> str:
    if not paragraph:
        return figures.UNKNOWN
    return paragraph if confirmed else f"{paragraph} ({_('ej bekräftad')})"


def _trail(trail: Sequence[Trace]) -> Table:
    return Table(
        columns=(_("Vem"), _("När"), _("Vad"), _("Dörr"), _("Skäl")),
        rows=tuple(
            (each.who, _stamp(each.at), each.what, each.door, each.reason or figures.UNKNOWN)
            for each in trail
        ),
    )


def _movements(movements: Sequence[Booked]) -> Table:
    return Table(
        columns=(_("Händelse"), _("När"), _("Antal"), "kg", _("Värde"), _("Parti")),
        rows=tuple(
            (
                each.what,
                timezone.localtime(each.at).strftime("%Y-%m-%d %H:%M"),
                figures.number(each.packs),
                figures.with_unit(figures.number(each.kg), unit="kg"),
                figures.money(each.net_sek),
                each.goods_lot or figures.UNKNOWN,
            )
            for each in movements
        ),
        numbers=frozenset({2, 3, 4}),
    )


def _nothing_yet(why: Why) -> str:
    cut_off = moments.instant(why.call_off.supplier_run.cut_off)
    return _("Inget än. Gårdens stopptid är %(cut_off)s; då blir avropet en del av en inköpsorder.") % {
        "cut_off": cut_off
    }


def _stamp(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")
