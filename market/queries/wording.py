"""The sentence of each rule's verdict, and what to do next; Swedish is the language of the text, English its translation.

One function a rule: it gets the verdict's figures and the inputs of the judgement and tells what happened in the
trade's words. Quantities are in the goods' base unit, whose name is handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from config.ground import figures, moments
from market.queries.names import permit_name
from market.rules.call_off import Rule


@dataclass(frozen=True, slots=True)
class Seen:
    """What a sentence may speak of: the verdict, its figures, the judgement's inputs, the goods' unit."""

    ok: bool
    figures: Mapping[str, Any]
    inputs: Mapping[str, Any]
    unit: str

    @property
    def supplier(self) -> str:
        return str(self.figures.get("supplier") or _("Gården"))

    def amount(self, value: Any) -> str:
        return figures.with_unit(figures.number(value), unit=self.unit)


def _day(value: Any) -> str:
    return moments.day(date.fromisoformat(value)) if value else figures.UNKNOWN


def _instant(value: Any) -> str:
    return moments.instant(datetime.fromisoformat(value)) if value else figures.UNKNOWN


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values) or figures.UNKNOWN


def _agreement_in_force(seen: Seen) -> str:
    if seen.ok:
        return _("Avtalet är undertecknat och gäller på dagen.")
    told = {"agreement": seen.figures["agreement"], "last": _day(seen.figures["last_day"])}
    if not seen.figures["signed"]:
        return _("Avtalet ”%(agreement)s” är inte undertecknat.") % told
    if seen.figures["ordered_on"] < seen.figures["valid_from"]:
        return _("Avtalet ”%(agreement)s” börjar gälla först %(first)s.") % {
            **told,
            "first": _day(seen.figures["valid_from"]),
        }
    if seen.figures["ordered_on"] > seen.figures["last_day"]:
        return _("Avtalet ”%(agreement)s” löpte ut %(last)s.") % told
    return _("Avtalet ”%(agreement)s” löper ut %(last)s, före leveransen.") % told


def _authority_named(seen: Seen) -> str:
    if seen.ok:
        return _("Er myndighet är namngiven i avtalet.")
    # Whose agreement it is, and what it is called, is not this authority's to know.
    return _("Varan finns bara i avtal där er myndighet inte är namngiven. Ni får inte avropa på dem.")


def _product_in_lot(seen: Seen) -> str:
    return (
        _("Varan ingår i delkontraktet.")
        if seen.ok
        else _("Varan ingår inte i något avtal som ni får använda.")
    )


def _party_of_lot(seen: Seen) -> str:
    if seen.ok:
        return _("Gården är leverantör i delkontraktet.")
    if chosen := seen.figures.get("chosen_by_the_terms"):
        return _("Gården som ni bad om är inte leverantör av varan; villkoren ger %(chosen)s.") % {
            "chosen": _listed(chosen)
        }
    return _("Delkontraktet har ingen leverantör av varan.")


def _standing(seen: Seen) -> str:
    if seen.ok:
        return _("Gården är inte avstängd.")
    if seen.figures.get("bankrupt"):
        return _("%(supplier)s är i konkurs.") % {"supplier": seen.supplier}
    return _("%(supplier)s är avstängd från nya avrop: %(clause)s.") % {
        "supplier": seen.supplier,
        "clause": str(seen.figures.get("clause")).rstrip("."),
    }


def _permits(seen: Seen) -> str:
    if seen.ok:
        return _("Gården har de tillstånd som varan kräver.")
    missing = _listed([permit_name(kind) for kind in seen.figures.get("missing", [])])
    return _("%(supplier)s saknar giltigt tillstånd på leveransdagen: %(missing)s.") % {
        "supplier": seen.supplier,
        "missing": missing,
    }


def _organic(seen: Seen) -> str:
    if seen.ok:
        return _("Avtalet kräver ekologiskt, och gården har certifikat för varan.")
    return _("Avtalet kräver ekologiskt. %(supplier)s har ingen certifierad vara på leveransdagen.") % {
        "supplier": seen.supplier
    }


def _cut_off(seen: Seen) -> str:
    # A verdict that held was told without figures; one that failed has its own, where None is a farm without a run.
    source = seen.figures if "cut_off" in seen.figures else seen.inputs
    cut_off, arrived = source.get("cut_off"), source.get("arrived_at")
    told = {"supplier": seen.supplier, "cut_off": _instant(cut_off)}
    if seen.ok:
        return _("Beställningen kom i tid: stopptiden är %(cut_off)s.") % told
    if not cut_off:
        return _("%(supplier)s kör inte till ert nav den dagen.") % told
    if arrived and datetime.fromisoformat(arrived) <= datetime.fromisoformat(cut_off):
        return _("%(supplier)s har redan stängt leveransdagen.") % told
    clock = moments.clock(datetime.fromisoformat(arrived)) if arrived else figures.UNKNOWN
    return _("Stopptiden för %(supplier)s var %(cut_off)s. Beställningen nådde servern kl. %(clock)s.") % {
        **told,
        "clock": clock,
    }


def _price_agreed(seen: Seen) -> str:
    if seen.ok:
        return _("Priset är avtalets.")
    if "was_sek" in seen.figures:
        told = {"supplier": seen.supplier, **_price_then_and_now(seen)}
        return _("Avtalets pris från %(supplier)s har ändrats: %(was)s → %(now)s.") % told
    return _("Avtalet har inget pris på varan från %(supplier)s.") % {"supplier": seen.supplier}


def _price_then_and_now(seen: Seen) -> dict[str, str]:
    unit = "kg" if seen.figures["price_per"] == "kg" else _("förpackning")
    return {
        "was": figures.money(Decimal(seen.figures["was_sek"])),
        "now": figures.money(Decimal(seen.figures["price_sek"]), per=unit),
    }


def _stock(seen: Seen) -> str:
    if seen.ok:
        return _("Gården hade tillräckligt: %(stock)s.") % {"stock": seen.amount(seen.inputs.get("in_stock"))}
    if "declined" in seen.figures:
        told = {
            "supplier": seen.supplier,
            "packs": figures.number(seen.figures["declined"]),
            "reason": seen.figures.get("reason") or _("inget skäl angivet"),
        }
        told["reason"] = str(told["reason"]).rstrip(" .")
        return _("%(supplier)s kan inte leverera %(packs)s förpackningar: %(reason)s.") % told
    told = {
        "supplier": seen.supplier,
        "stock": seen.amount(seen.figures.get("in_stock")),
        "wanted": seen.amount(seen.figures.get("wanted")),
        "asked": _instant(seen.figures.get("asked_at")),
        "answer_by": _instant(seen.figures.get("answer_by")),
    }
    answer = seen.figures.get("answer")
    if answer == "silent":
        return (
            _(
                "%(supplier)s har %(stock)s kvar, fick frågan om mer %(asked)s och hade inte svarat %(answer_by)s."
            )
            % told
        )
    if answer == "declined":
        return _("%(supplier)s har %(stock)s kvar och har svarat att den inte kan leverera mer.") % told
    if answer == "posted":
        return (
            _("%(supplier)s svarade ja och hade lagt ut %(stock)s när svarstiden gick ut %(answer_by)s.")
            % told
        )
    return _("%(supplier)s har %(stock)s kvar. Ni frågade efter %(wanted)s.") % told


def _ranking(seen: Seen) -> str:
    if "chosen_by_the_terms" in seen.figures:
        chosen = _listed(seen.figures["chosen_by_the_terms"])
        return _("Ni bad om en viss gård, men avtalets villkor ger %(chosen)s.") % {"chosen": chosen}
    answer = seen.figures.get("answer")
    waited = {"supplier": seen.supplier, "answer_by": _instant(seen.figures.get("answer_by"))}
    if answer == "waiting":
        return _("%(supplier)s står på tur, har fått frågan och har till %(answer_by)s att svara.") % waited
    if answer == "accepted":
        return _("%(supplier)s står på tur och har svarat ja. Beställ det som gården lägger ut.") % waited
    if "form" in seen.figures:
        return _by_key(seen)
    if seen.ok:
        return _("Avtalets villkor ger avropet till gården (rang %(rank)s).") % {
            "rank": seen.inputs.get("rank") or figures.UNKNOWN
        }
    told = {"supplier": seen.supplier, "agreement": seen.figures.get("agreement")}
    return _("%(supplier)s står först i ”%(agreement)s” och måste svara innan nästa gård får frågan.") % told


def _by_key(seen: Seen) -> str:
    """Whose turn it is by the agreement's distribution key, with what was compared."""
    is_price = seen.figures["form"] == "lowest_price"
    told = {
        "supplier": seen.supplier,
        "compared": _listed(_prices(seen) if is_price else _shares(seen)),
        "agreement": seen.figures.get("agreement"),
    }
    if not seen.ok:
        return (
            _(
                "%(supplier)s har lägst pris i ”%(agreement)s” och måste svara innan nästa gård får frågan: %(compared)s."
            )
            if is_price
            else _(
                "%(supplier)s står på tur i ”%(agreement)s” och måste svara innan nästa gård får frågan: %(compared)s."
            )
        ) % told
    return (
        _("Avtalet ger avropet till den som har lägst pris just nu: %(compared)s.")
        if is_price
        else _(
            "Avtalet delar inköpen i andelar, och den som ligger längst efter sin andel står på tur: %(compared)s."
        )
    ) % told


def _prices(seen: Seen) -> list[str]:
    return [
        f"{farm} {figures.money(price, per=seen.unit)}" if price else _("%(farm)s utan pris") % {"farm": farm}
        for farm, price in zip(seen.figures["farms"], seen.figures["prices"], strict=True)
    ]


def _shares(seen: Seen) -> list[str]:
    rows = zip(seen.figures["farms"], seen.figures["called_off_percent"], seen.figures["shares"], strict=True)
    return [
        _("%(farm)s har fått %(now)s av sina %(share)s")
        % {
            "farm": farm,
            "now": figures.share(Decimal(now) / 100, places=1),
            "share": figures.share(Decimal(share) / 100, places=1),
        }
        for farm, now, share in rows
    ]


def _ceiling_room(seen: Seen) -> str:
    source = seen.inputs if seen.ok else seen.figures
    told = {
        "room": figures.money(source.get("room_sek"), places=0),
        "ceiling": figures.money(source.get("ceiling_sek"), places=0),
    }
    if seen.ok:
        return _("Det fanns rum under takvärdet: %(room)s av %(ceiling)s.") % told
    if seen.figures.get("room_kg") is not None:
        told |= {
            "room_kg": figures.with_unit(figures.number(seen.figures["room_kg"]), unit="kg"),
            "ceiling_kg": figures.with_unit(figures.number(seen.figures["ceiling_kg"]), unit="kg"),
        }
        return (
            _(
                "Taket räcker inte: %(room)s av %(ceiling)s och %(room_kg)s av %(ceiling_kg)s är kvar i delkontraktet."
            )
            % told
        )
    return _("Takvärdet räcker inte: %(room)s av %(ceiling)s är kvar i delkontraktet.") % told


def _pack_size(seen: Seen) -> str:
    if seen.ok:
        return _("Antalet går jämnt upp i förpackningar.")
    told = {
        "supplier": seen.supplier,
        "pack": seen.amount(seen.figures.get("pack")),
        "left": seen.amount(seen.figures.get("left")),
    }
    return (
        _("Minsta förpackningen från %(supplier)s är %(pack)s. Det som blir över, %(left)s, fyller ingen.")
        % told
    )


SENTENCES: Mapping[Rule, Callable[[Seen], str]] = {
    Rule.AGREEMENT_IN_FORCE: _agreement_in_force,
    Rule.AUTHORITY_NAMED: _authority_named,
    Rule.PRODUCT_IN_LOT: _product_in_lot,
    Rule.PARTY_OF_LOT: _party_of_lot,
    Rule.STANDING: _standing,
    Rule.PERMITS: _permits,
    Rule.ORGANIC: _organic,
    Rule.CUT_OFF: _cut_off,
    Rule.PRICE_AGREED: _price_agreed,
    Rule.STOCK: _stock,
    Rule.RANKING: _ranking,
    Rule.CEILING_ROOM: _ceiling_room,
    Rule.PACK_SIZE: _pack_size,
}


def next_step(rule: Rule, seen: Seen) -> str:
    """What a kitchen can do about a failed verdict, in one sentence; empty for one that holds."""
    if seen.ok:
        return ""
    if rule is Rule.RANKING:
        return _next_in_turn(seen)
    if rule is Rule.PRICE_AGREED and "was_sek" in seen.figures:
        return _("Godkänn det nya priset, eller välj en annan leveransdag.")
    steps = {
        Rule.CUT_OFF: _("Beställ till en leveransdag som inte har stängt."),
        Rule.STOCK: _("Ta det som finns, eller flytta raden till en annan leveransdag."),
        Rule.PACK_SIZE: _("Runda av till hela förpackningar."),
    }
    return steps.get(rule) or _("Fråga upphandlaren: bara ett avtal kan ändra det.")


def _next_in_turn(seen: Seen) -> str:
    if "answer" in seen.figures:
        return _("Vänta på gårdens svar.")
    chosen = "chosen_by_the_terms" in seen.figures
    return _("Låt villkoren välja gård.") if chosen else _("Be gården svara först.")


def way_out(code: str, *, amount: str, supplier: str) -> str:
    """What a way out does, as the words of its button or sentence."""
    words = {
        "round_down": _("Nöj er med %(amount)s i allt"),
        "round_up": _("Ta %(amount)s i allt"),
        "take_what_there_is": _("Ta de %(amount)s som finns"),
        "another_delivery_day": _("Välj en annan leveransdag"),
        "let_the_terms_choose": _("Beställ utan att välja gård"),
        "ask_rank_one": _("Be %(supplier)s svara"),
        "ask_the_officer": _("Fråga upphandlaren"),
        "approve_price": _("Godkänn det nya priset"),
        "order_again": _("Beställ igen, så får nästa gård frågan"),
    }
    return words.get(code, code) % {"amount": amount, "supplier": supplier}
