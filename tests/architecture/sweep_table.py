"""Who may do what at which address. A new address must be entered here, or the sweep fails.

A row is one named address; its methods say who is let in and who is refused by name (403). All others who are
signed in do not find it (404), and who is not signed in is asked to. ``foreign`` is what the same roles of another authority,
farm and hub get: ``hidden`` (404) unless said otherwise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.architecture.sweep_world import ROLES, Things

Foreign = Literal["hidden", "refused", "as own"]
Body = Callable[[Things], Mapping[str, Any]]
Roles = frozenset[str]


def roles(*names: str) -> Roles:
    assert set(names) <= set(ROLES), names
    return frozenset(names)


ALL = frozenset(ROLES)
NONE: Roles = frozenset()
KITCHEN = roles("manager", "staff")
MANAGER = roles("manager")
FARM = roles("farmer")
HUB = roles("hub_worker")
AUTHORITY = roles("officer", "auditor")
OFFICER = roles("officer")
ADMIN = roles("admin")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who is let in by one method. ``anonymous`` is what nobody gets. ``changes`` False: a POST that writes nothing."""

    let_in: Roles = NONE
    refused: Roles = NONE
    foreign: Foreign = "hidden"
    anonymous: Literal["asked to sign in", "hidden", "let in"] = "asked to sign in"
    changes: bool = True
    body: Body = lambda _things: {}


@dataclass(frozen=True, slots=True)
class Row:
    """``args`` fill the address, by the world's things. ``lists``: the thing whose number ``seen_by`` find in a list."""

    methods: Mapping[str, Rule]
    args: Mapping[str, str] = field(default_factory=dict)
    lists: str = ""
    seen_by: Roles = NONE
    seen_by_foreign: bool = False
    shared: bool = False  # the thing in the address is nobody's own: a product that two authorities buy

    def shows(self, role: str, own: bool) -> bool:
        """Whether she who is signed in so, at home or in the other world, finds the thing in the list."""
        return role in self.seen_by and (own or self.seen_by_foreign)


OPEN = Rule(let_in=ALL, foreign="as own")
PUBLIC = Rule(let_in=ALL, foreign="as own", anonymous="let in")


def page(*let_in: Roles, post: Rule | None = None, **args: str) -> Row:
    """A page of a place: whoever may read it, and its form."""
    methods = {"GET": Rule(let_in=frozenset().union(*let_in))}
    return Row(methods=methods | ({"POST": post} if post else {}), args=args)


def one(*let_in: Roles, pk: str, **unsafe: Rule) -> Row:
    """One resource of the API."""
    return Row(methods={"GET": Rule(let_in=frozenset().union(*let_in)), **unsafe}, args={"pk": pk})


def listed(thing: str, *seen_by: Roles, post: Rule | None = None) -> Row:
    """A list of the API: all who are signed in may ask, each finds her own."""
    return Row(
        methods={"GET": OPEN} | ({"POST": post} if post else {}),
        lists=thing,
        seen_by=frozenset().union(*seen_by),
    )


def for_all(thing: str) -> tuple[Row, Row]:
    """A list and its resource that all who are signed in may read."""
    many = Row(methods={"GET": OPEN}, lists=thing, seen_by=ALL, seen_by_foreign=True)
    return many, Row(methods={"GET": OPEN}, args={"pk": thing})


def _order(things: Things) -> dict[str, Any]:
    line = {"product": things.product, "quantity": 5}
    return {"kitchen": things.kitchen, "delivery_date": str(things.day), "lines": [line]}


def _hand_over(things: Things) -> dict[str, Any]:
    return {"hub": things.hub, "purchase_order": things.purchase_order, "lines": []}


def _receipt(things: Things) -> dict[str, Any]:
    line = {"call_off": things.call_off, "delivered": 4}
    return {"kitchen": things.kitchen, "delivery_date": str(things.day), "lines": [line]}


def _return(things: Things) -> dict[str, Any]:
    return {"call_off": things.call_off, "packs": 1, "reason": "mögel"}


def _invoice(things: Things) -> dict[str, Any]:
    return {
        "supplier": things.supplier,
        "authority": things.authority,
        "order_reference": things.order_number,
        "number": "2",
        "issued_on": "2026-11-23",
        "due_on": "2026-12-23",
        "lines": [{"line": things.purchase_order_line, "packs": 1, "net_sek": 1}],
    }


def _round(things: Things) -> dict[str, Any]:
    return {
        "delivery_date": "2026-11-20",
        "name": "Södra",
        "source": "egen mätning",
        "kitchens": [things.kitchen],
        "driven_km": 12,
        "kg_per_vehicle_km": "0.25",
    }


def _weighing(things: Things) -> dict[str, Any]:
    return {
        "kitchen": things.kitchen,
        "kind": "wasted",
        "first_day": "2026-11-18",
        "last_day": "2026-11-20",
        "lines": [{"product": things.product, "kg": 2}],
    }


def _credit_note(things: Things) -> dict[str, Any]:
    line = {"line": things.invoice_line, "packs": 1, "net_sek": 1}
    return {
        "invoice": things.invoice,
        "number": "K2",
        "issued_on": "2026-11-23",
        "reason": "mögel",
        "lines": [line],
    }


def _offer(things: Things) -> dict[str, Any]:
    days = {"valid_from": "2026-12-07", "valid_to": "2026-12-13"}
    return {"supplier": things.supplier, "pack": things.pack, "quantity": 10, **days}


PUBLIC_PAGES = {
    "front": Row({"GET": PUBLIC}),
    "health": Row({"GET": PUBLIC}),
    "accessibility": Row(
        {
            "GET": PUBLIC,
            "POST": replace(PUBLIC, body=lambda _things: {"text": "Tabellen läses inte upp."}),
        }
    ),
    "notices": Row({"GET": PUBLIC}),
    "style": Row({"GET": PUBLIC}),
    "api_docs": Row({"GET": PUBLIC}),
    "api_schema": Row({"GET": PUBLIC}),
    "api_problems": Row({"GET": PUBLIC}),
    "api_problem": Row({"GET": PUBLIC}, args={"code": "problem"}),
    "sign_in": Row({"GET": PUBLIC, "POST": PUBLIC}),
    "sign_out": Row({"POST": PUBLIC}),
    "set_language": Row({"POST": PUBLIC}),
    # Demo mode only: anybody may be the first of each role around an authority.
    "demo_sign_in": Row({"POST": PUBLIC}, args={"user_id": "person"}),
}

# The board is the school's public screen. A tap needs the day's signed link and nothing else; taps stand outside
# the trail (a child's choice is to be gone), so what the sweep sees written is nothing.
SCHOOL_PAGES = {
    "kitchens:worker": Row({"GET": PUBLIC}),
    "orders:open_data_index": Row({"GET": PUBLIC}),
    "orders:open_data": Row(
        {"GET": PUBLIC}, args={"authority_id": "authority", "form": "open_form"}, shared=True
    ),
    "kitchens:board": Row({"GET": PUBLIC}, args={"slug": "board"}),
    "kitchens:board_part": Row({"GET": PUBLIC}, args={"slug": "board"}),
    "kitchens:board_method": Row({"GET": PUBLIC}, args={"slug": "board"}),
    "kitchens:tap": Row(
        {"GET": PUBLIC, "POST": Rule(let_in=ALL, foreign="as own", anonymous="let in", changes=False)},
        args={"word": "tap_word"},
    ),
}

# The key in the address lets in whoever holds it, and opens that one order alone.
KEYED_PAGES = {
    "orders:answer_link": Row({"GET": PUBLIC, "POST": PUBLIC}, args={"token": "answer_token"}),
}

_INVITED: Body = lambda _things: {  # noqa: E731
    "name": "Ny Person",
    "email": "ny@prov.example",
    "language": "sv",
    "role": "manager",
}
_OFFICER_INVITED: Body = lambda things: {**_INVITED(things), "role": "auditor"}  # noqa: E731
HOUSE_PAGES = {
    "ask_password": Row({"GET": PUBLIC, "POST": PUBLIC}),
    "sign_up": Row({"GET": PUBLIC, "POST": PUBLIC}),
    "password": Row(
        {"GET": PUBLIC, "POST": PUBLIC},
        args={"person": "password_person", "key": "password_key"},
        shared=True,  # the key is the person's own, whoever holds it
    ),
    "platform": page(ADMIN),
    "authority_new": page(ADMIN, post=Rule(let_in=ADMIN)),
    "hub_new": page(ADMIN, post=Rule(let_in=ADMIN)),
    "people_gard": page(FARM, ADMIN, post=Rule(let_in=FARM | ADMIN, body=_INVITED), pk="supplier"),
    "people_nav": page(HUB, ADMIN, post=Rule(let_in=HUB | ADMIN, body=_INVITED), pk="hub"),
    "people_kok": page(
        MANAGER,
        AUTHORITY,
        ADMIN,
        post=Rule(let_in=MANAGER | OFFICER | ADMIN, refused=roles("auditor"), body=_INVITED),
        pk="kitchen",
    ),
    "people_myndighet": page(
        AUTHORITY,
        ADMIN,
        post=Rule(let_in=OFFICER | ADMIN, refused=roles("auditor"), body=_OFFICER_INVITED),
        pk="authority",
    ),
    "kitchen_new": Row(
        {
            "GET": Rule(let_in=OFFICER | ADMIN, refused=roles("auditor")),
            "POST": Rule(let_in=OFFICER | ADMIN, refused=roles("auditor")),
        },
        args={"pk": "authority"},
    ),
    "jobs": Row({"GET": Rule(let_in=ADMIN | OFFICER, foreign="as own", anonymous="hidden")}),
    "reported": Row(
        {
            "GET": Rule(let_in=ADMIN, refused=OFFICER, foreign="as own", anonymous="hidden"),
            "POST": Rule(
                let_in=ADMIN,
                refused=OFFICER,
                foreign="as own",
                anonymous="hidden",
                body=lambda things: {"besvarad": things.barrier},
            ),
        }
    ),
    "job_retry": Row(
        {"POST": Rule(let_in=ADMIN, refused=OFFICER, foreign="as own", anonymous="hidden")},
        args={"name": "job"},
    ),
    # A farm's certificate: its own people, and those of the authority that has an agreement with it.
    "file": Row({"GET": Rule(let_in=FARM | AUTHORITY, anonymous="hidden")}, args={"pk": "file"}),
}

_KEEPERS = ADMIN | OFFICER
_KEPT = Rule(let_in=_KEEPERS, foreign="as own")
REGISTER_PAGES = {  # one register for all authorities: another's officer keeps it too
    "market:register": Row({"GET": Rule(let_in=_KEEPERS, foreign="as own")}),
    "market:product_new": Row(
        {
            "GET": Rule(let_in=_KEEPERS, foreign="as own"),
            "POST": Rule(let_in=_KEEPERS, foreign="as own"),
        }
    ),
    "market:product": Row(
        {
            "GET": Rule(let_in=_KEEPERS, foreign="as own"),
            "POST": Rule(let_in=_KEEPERS, foreign="as own", body=lambda _things: {"do": "namn"}),
        },
        args={"product_id": "product"},
    ),
}

KITCHEN_PAGES = {
    "orders:kitchen": page(KITCHEN, AUTHORITY, kitchen_id="kitchen"),
    "orders:order": page(
        KITCHEN,
        AUTHORITY,
        post=Rule(let_in=MANAGER, refused=roles("staff", "officer", "auditor")),
        kitchen_id="kitchen",
        order_id="order",
    ),
    "orders:call_off": page(KITCHEN, AUTHORITY, kitchen_id="kitchen", call_off_id="call_off"),
    "orders:receipt": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen", day="day"
    ),
    "orders:order_again": Row(
        {"POST": Rule(let_in=KITCHEN, refused=AUTHORITY, body=lambda things: {"rad": things.order_line})},
        args={"kitchen_id": "kitchen", "order_id": "order"},
    ),
    "orders:standing_lists": page(
        KITCHEN,
        AUTHORITY,
        post=Rule(let_in=KITCHEN, refused=AUTHORITY, body=lambda things: {"ta-bort": things.standing_list}),
        kitchen_id="kitchen",
    ),
    "orders:forecast": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "orders:order_new": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen", day="day"
    ),
    "orders:needs": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen", day="day"
    ),
    "orders:declared": page(KITCHEN, AUTHORITY, kitchen_id="kitchen", day="day"),
    "orders:swaps": page(KITCHEN, AUTHORITY, kitchen_id="kitchen", day="day"),
    "kitchens:waste": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "kitchens:school_year": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "kitchens:where": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "kitchens:waste_file": Row(
        {
            "GET": Rule(let_in=KITCHEN, refused=AUTHORITY),
            "POST": Rule(let_in=KITCHEN, refused=AUTHORITY),
        },
        args={"kitchen_id": "kitchen"},
    ),
    "kitchens:school_year_of_all": Row(
        {
            "GET": Rule(let_in=OFFICER, refused=roles("auditor")),
            "POST": Rule(let_in=OFFICER, refused=roles("auditor")),
        },
        args={"authority_id": "authority"},
    ),
    "kitchens:menu": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "kitchens:menu_day": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen", day="day"
    ),
    "kitchens:swap": Row(
        {
            "POST": Rule(
                let_in=KITCHEN,
                refused=AUTHORITY,
                body=lambda _things: {"roll": "standard", "sedd": "1", "ratt": "1"},
            )
        },
        args={"kitchen_id": "kitchen", "day": "day"},
    ),
    "kitchens:forecast": page(KITCHEN, AUTHORITY, kitchen_id="kitchen", day="day"),
    "kitchens:recipes": page(KITCHEN, AUTHORITY, kitchen_id="kitchen"),
    "kitchens:recipe_import": Row(
        {
            "GET": Rule(let_in=KITCHEN, refused=AUTHORITY),
            "POST": Rule(let_in=KITCHEN, refused=AUTHORITY),
        },
        args={"kitchen_id": "kitchen"},
    ),
    "kitchens:recipe_new": Row(
        {
            "GET": Rule(let_in=KITCHEN, refused=AUTHORITY),
            "POST": Rule(let_in=KITCHEN, refused=AUTHORITY),
        },
        args={"kitchen_id": "kitchen"},
    ),
    "kitchens:recipe": page(
        KITCHEN,
        AUTHORITY,
        post=Rule(let_in=KITCHEN, refused=AUTHORITY),
        kitchen_id="kitchen",
        recipe_id="recipe",
    ),
    "kitchens:payback": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen"
    ),
    "kitchens:payback_definition": Row(
        {
            "GET": Rule(let_in=MANAGER, refused=roles("staff") | AUTHORITY),
            "POST": Rule(let_in=MANAGER, refused=roles("staff") | AUTHORITY),
        },
        args={"kitchen_id": "kitchen"},
    ),
    "kitchens:payback_day": page(
        KITCHEN, AUTHORITY, post=Rule(let_in=KITCHEN, refused=AUTHORITY), kitchen_id="kitchen", day="day"
    ),
}

FARM_PAGES = {
    "orders:record": page(FARM, supplier_id="supplier"),
    "suppliers:farm_new": Row({"GET": OPEN, "POST": OPEN}),
    "suppliers:where": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier"),
    "suppliers:papers": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier"),
    "suppliers:paper_end": Row(
        {"POST": Rule(let_in=FARM)}, args={"supplier_id": "supplier", "certificate_id": "certificate"}
    ),
    "market:terms": page(
        FARM, post=Rule(let_in=FARM, body=lambda things: {"nav": things.hub}), supplier_id="supplier"
    ),
    "market:pause": Row({"POST": Rule(let_in=FARM)}, args={"supplier_id": "supplier"}),
    "market:pause_end": Row(
        {"POST": Rule(let_in=FARM)}, args={"supplier_id": "supplier", "pause_id": "pause"}
    ),
    "market:lists": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier"),
    "market:list_out": page(FARM, supplier_id="supplier"),
    "market:list": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier", file_id="list_file"),
    "market:list_undo": Row(
        {"POST": Rule(let_in=FARM)}, args={"supplier_id": "supplier", "import_id": "list_import"}
    ),
    "orders:cant_week": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier"),
    "orders:farm": page(FARM, supplier_id="supplier"),
    "orders:question": page(
        FARM,
        post=Rule(let_in=FARM, body=lambda _things: {"svar": "nej"}),
        supplier_id="supplier",
        question_id="question",
    ),
    "orders:season_needs": page(FARM, supplier_id="supplier"),
    "orders:purchase_order": page(
        FARM, post=Rule(let_in=FARM), supplier_id="supplier", order_id="purchase_order"
    ),
    "orders:delivery_note": page(FARM, supplier_id="supplier", order_id="purchase_order"),
    "market:offers": page(FARM, supplier_id="supplier"),
    "market:offer_new": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier"),
    "market:week_act": Row(
        {"POST": Rule(let_in=FARM, body=lambda things: {"do": "stammer", "pool": things.pool})},
        args={"supplier_id": "supplier"},
    ),
    "market:offer": page(FARM, post=Rule(let_in=FARM), supplier_id="supplier", offer_id="offer"),
}

HUB_PAGES = {
    "orders:hub": page(HUB, hub_id="hub"),
    "market:hub_where": page(HUB, post=Rule(let_in=HUB), hub_id="hub"),
    "orders:hub_day": page(HUB, hub_id="hub", day="day"),
    "orders:pick_list": page(HUB, hub_id="hub", day="day"),
    "orders:hand_over": page(HUB, post=Rule(let_in=HUB), hub_id="hub", day="day", order_id="purchase_order"),
}


def desk(**args: str) -> Row:
    """A page of an authority's desk: its officer and its auditor read it."""
    return Row(methods={"GET": Rule(let_in=AUTHORITY)}, args={"authority_id": "authority", **args})


def act(**args: str) -> Row:
    """A form by which an officer binds the authority: the auditor knows of it and is shown none."""
    rule = Rule(let_in=OFFICER, refused=roles("auditor"))
    return Row(methods={"GET": rule, "POST": rule}, args={"authority_id": "authority", **args})


def _range(things: Things) -> Mapping[str, Any]:
    return {"kitchen": things.kitchen, "delivery_date": things.day}


def press(**args: str) -> Row:
    """A button of an authority's desk: the officer's alone."""
    rule = Rule(let_in=OFFICER, refused=roles("auditor"))
    return Row(methods={"POST": rule}, args={"authority_id": "authority", **args})


DESK_PAGES = {
    "officer:home": desk(),
    "officer:waiting": desk(),
    "officer:send_again": press(order_id="purchase_order"),
    "officer:refused": desk(),
    "officer:agreements": desk(),
    "officer:lot": desk(lot_id="agreement_lot"),
    "officer:ceiling": act(lot_id="agreement_lot"),
    "officer:adjust_price": act(lot_id="agreement_lot"),
    "officer:call_off": desk(call_off_id="call_off"),
    "officer:order_why": desk(order_id="order"),
    "officer:agreement_case": act(agreement_id="award"),
    "officer:agreement": desk(agreement_id="award"),
    "officer:overshoot": desk(lot_id="agreement_lot"),
    "officer:decide_overshoot": act(assessment_id="overshoot"),
    "officer:terminate": act(agreement_id="award"),
    "officer:ledger_upload": act(),
    "officer:ledger_file": act(file_id="ledger_file"),
    "officer:undo_import": press(import_id="import_to_undo"),
    "officer:new_change": act(agreement_id="award"),
    "officer:use_option": act(option_id="option"),
    "officer:order_case": act(order_id="order"),
    "officer:award": act(),
    "officer:take_over": act(),
    "officer:spend": desk(),
    "officer:spend_rows": desk(),
    "officer:reports": desk(),
    "officer:report_terms": desk(),
    "officer:new_local": act(),
    "officer:new_goal": act(),
    "officer:published_reports": desk(),
    "officer:published_report": desk(published_id="published_report"),
    "officer:publish_report": replace(act(slug="report"), shared=True),
    "officer:report": replace(desk(slug="report"), shared=True),
    "officer:report_rows": replace(desk(slug="report"), shared=True),
    "officer:year_page": desk(),
    "officer:ways": desk(),
    "officer:report_files": desk(),
    "officer:report_file": Row(
        methods={"GET": Rule(let_in=OFFICER)}, args={"authority_id": "authority", "file_id": "report_file"}
    ),
    "officer:ask_everything": press(),
    "officer:ask_report_file": replace(press(slug="report"), shared=True),
    "officer:save_report": replace(act(slug="report"), shared=True),
    "officer:publish_open_data": act(),
    "officer:forget_report": press(saved_id="saved_report"),
    "officer:invoices": desk(),
    "officer:climate": desk(),
    "officer:factors": desk(),
    "officer:unmapped": desk(),
    "officer:map_product": replace(act(product_id="product"), shared=True),
    "officer:trend": desk(),
    "officer:weighings": desk(),
    "officer:new_weighing": act(),
    "officer:last_leg": desk(),
    "officer:new_round": act(),
    "officer:publish": act(),
    "officer:published": desk(),
    "officer:published_figure": desk(published_id="published"),
    "officer:suppliers": desk(),
    "officer:suspend": act(supplier_id="supplier"),
    "officer:lift": act(standing_id="standing"),
    "officer:small_lots": desk(),
    "officer:new_pot": act(),
    "officer:take_lot": act(pot_id="small_lot_pot"),
    "officer:mandates": desk(),
    "officer:new_mandate": act(),
    "officer:countersign": act(agreement_id="waiting_award"),
    "officer:bidders": desk(agreement_id="award"),
    "officer:new_bidder": act(agreement_id="award"),
    "officer:new_handler": act(agreement_id="waiting_award"),
    "officer:tell_bidder": act(bidder_id="bidder"),
    "officer:supplier": desk(supplier_id="supplier"),
    "officer:declaration": act(supplier_id="supplier"),
    "officer:ask_declaration": act(supplier_id="supplier"),
    "officer:new_matter": act(supplier_id="supplier"),
    "officer:interest": act(supplier_id="supplier"),
    "officer:withdraw_interest": act(interest_id="interest"),
    "officer:matter": desk(matter_id="matter"),
    "officer:hear": act(matter_id="matter"),
    "officer:unheard": act(matter_id="matter"),
    "officer:matter_answer": act(matter_id="matter"),
    "officer:cleaning": act(matter_id="matter"),
    "officer:decide": act(matter_id="matter"),
    "officer:criteria": act(),
    "officer:law": desk(),
    "officer:figure": act(figure_id="law_figure"),
    "officer:new_figure": act(figure_id="law_figure"),
    "officer:paragraph": act(paragraph_id="law_paragraph"),
    "officer:own_limit": act(),
    "officer:awards": desk(),
    "officer:needs": act(),
    "officer:award_why": desk(agreement_id="award"),
    "officer:standing_why": desk(standing_id="standing"),
    "officer:documentation": act(agreement_id="award"),
    "officer:disposal": desk(),
    "officer:new_retention": act(),
    "officer:sustainability": desk(),
    "officer:new_criterion": act(),
    "officer:agreement_criteria": act(agreement_id="award"),
    "officer:external": desk(),
    "officer:contract_loyalty": desk(),
    "officer:purchases": desk(),
    "officer:imported": desk(import_id="purchase_import"),
}

_BUYERS = KITCHEN | AUTHORITY
_PRODUCTS, _PRODUCT = for_all("product")
_SUPPLIERS, _SUPPLIER = for_all("supplier")
_RUNS, _RUN = for_all("run")
_OFFERS, _OFFER = for_all("offer")
_CRITERIA, _ = for_all("sustainability_criterion")


def _offer_change(body: Body) -> Rule:
    """A live offer is known to all, so others are refused by name."""
    return Rule(let_in=FARM, refused=ALL - FARM, foreign="refused", body=body)


API = {
    "api_orders": listed(
        "order", _BUYERS, post=Rule(let_in=MANAGER, refused=roles("staff") | AUTHORITY, body=_order)
    ),
    "api_catalogue": Row({"GET": Rule(let_in=_BUYERS, body=_range)}),
    "api_order_check": Row(
        {"POST": Rule(let_in=KITCHEN, refused=AUTHORITY, changes=False, body=_order)},
    ),
    "api_order": one(
        _BUYERS,
        pk="order",
        PUT=Rule(
            let_in=MANAGER,
            refused=roles("staff") | AUTHORITY,
            body=lambda _things: {"version": 1, "lines": []},
        ),
    ),
    "api_call_offs": listed("call_off", _BUYERS),
    "api_call_off": one(_BUYERS, pk="call_off"),
    "api_purchase_orders": listed("purchase_order", FARM, HUB, AUTHORITY),
    "api_purchase_order": one(FARM, HUB, AUTHORITY, pk="purchase_order"),
    "api_answer": Row({"POST": Rule(let_in=FARM, refused=HUB | AUTHORITY)}, args={"pk": "purchase_order"}),
    "api_hand_overs": listed("hand_over", FARM, HUB, AUTHORITY, post=Rule(let_in=HUB, body=_hand_over)),
    "api_hand_over": one(FARM, HUB, AUTHORITY, pk="hand_over"),
    "api_receipts": listed("receipt", _BUYERS, post=Rule(let_in=KITCHEN, refused=AUTHORITY, body=_receipt)),
    "api_receipt": one(_BUYERS, pk="receipt"),
    "api_returns": Row({"POST": Rule(let_in=KITCHEN, refused=AUTHORITY, body=_return)}),
    "api_invoices": listed(
        "invoice", FARM, AUTHORITY, post=Rule(let_in=FARM | OFFICER, refused=roles("auditor"), body=_invoice)
    ),
    "api_invoice": one(FARM, AUTHORITY, pk="invoice"),
    "api_credit_notes": listed(
        "credit_note",
        FARM,
        AUTHORITY,
        post=Rule(let_in=FARM | OFFICER, refused=roles("auditor"), body=_credit_note),
    ),
    "api_credit_note": one(FARM, AUTHORITY, pk="credit_note"),
    "api_sustainability_criteria": _CRITERIA,
    "api_contract_loyalty": Row(
        {"GET": Rule(let_in=AUTHORITY, body=lambda things: {"authority": things.authority})}
    ),
    "api_reports": Row({"GET": OPEN}),
    "api_report": Row(
        {"GET": Rule(let_in=AUTHORITY, body=lambda things: {"authority": things.authority})},
        args={"slug": "report"},
    ),
    "api_driven_rounds": listed(
        "driven_round", AUTHORITY, post=Rule(let_in=OFFICER, refused=roles("auditor"), body=_round)
    ),
    "api_driven_round": one(AUTHORITY, pk="driven_round"),
    "api_weighings": listed(
        "weighing", AUTHORITY, post=Rule(let_in=OFFICER, refused=roles("auditor"), body=_weighing)
    ),
    "api_weighing": one(AUTHORITY, pk="weighing"),
    "api_external_purchases": listed("external_purchase", AUTHORITY),
    "api_external_purchase": one(AUTHORITY, pk="external_purchase"),
    "api_kitchens": listed("kitchen", _BUYERS),
    "api_kitchen": one(_BUYERS, pk="kitchen"),
    "api_offers": Row(
        {"GET": OPEN, "POST": Rule(let_in=FARM, body=_offer)},
        lists="offer",
        seen_by=ALL,
        seen_by_foreign=True,
    ),
    "api_offer": Row(
        {"GET": OPEN, "PATCH": _offer_change(lambda _things: {"quantity": 90})},
        args={"pk": "offer"},
    ),
    "api_withdrawal": Row({"POST": _offer_change(lambda _things: {})}, args={"pk": "offer"}),
    "api_pools": listed("pool", FARM),
    "api_pool": one(FARM, pk="pool"),
    "api_products": replace(_PRODUCTS, methods={"GET": OPEN, "POST": _KEPT}),
    "api_product": replace(_PRODUCT, methods={"GET": OPEN, "PATCH": _KEPT}),
    "api_agreements": listed("agreement", FARM, AUTHORITY),
    "api_agreement": one(FARM, AUTHORITY, pk="agreement"),
    "api_suppliers": replace(_SUPPLIERS, methods={"GET": OPEN, "POST": OPEN}),
    "api_supplier": _SUPPLIER,
    "api_runs": _RUNS,
    "api_run": _RUN,
    "api_footprint": Row(
        {
            "POST": Rule(
                let_in=ALL,
                foreign="as own",
                changes=False,
                body=lambda _things: {"lines": [{"food": "potato", "quantity": 1, "unit": "kg"}]},
            )
        }
    ),
    "api_criteria": Row(
        {
            "POST": Rule(
                let_in=ALL,
                foreign="as own",
                changes=False,
                body=lambda _things: {"text": "Närodlad potatis."},
            )
        }
    ),
}


def _of_farm(body: Body = lambda _things: {}, **inner: str) -> Row:
    """What a farm does with its own things."""
    return Row({"POST": Rule(let_in=FARM, body=body)}, args={"supplier_id": "supplier", **inner})


def _own_list(*seen_by: Roles, place: Mapping[str, str], post: Rule) -> Row:
    """A list within a place: whoever may not see the place does not find it."""
    let_in: Roles = frozenset().union(*seen_by)
    return Row({"GET": Rule(let_in=let_in), "POST": post}, args=place)


_WEEK: Body = lambda _things: {"week": "2026-12-07"}  # noqa: E731
_AT_FARM, _AT_KITCHEN = {"supplier_id": "supplier"}, {"kitchen_id": "kitchen"}


API_TWINS = {
    "api_certificates": _of_farm(
        lambda _things: {
            "kind": "krav",
            "number": "K-7",
            "issuer": "Provorganet",
            "product_groups": ["food"],
            "valid_from": "2026-01-01",
        }
    ),
    "api_certificate_end": _of_farm(lambda _things: {"last_day": "2026-12-31"}, pk="certificate"),
    "api_terms": _own_list(
        FARM,
        place=_AT_FARM,
        post=Rule(
            let_in=FARM,
            body=lambda things: {
                "hub": things.hub,
                "weekdays": [2],
                "lead_working_days": 2,
                "cut_off_time": "12:00",
            },
        ),
    ),
    "api_pauses": _own_list(
        FARM,
        place=_AT_FARM,
        post=Rule(let_in=FARM, body=lambda _things: {"first_day": "2027-07-01", "last_day": "2027-07-14"}),
    ),
    "api_pause_end": _of_farm(pk="pause"),
    "api_repeat_week": _of_farm(lambda _things: {"week": "2026-12-07"}),
    "api_still_right": _of_farm(lambda things: {"pools": [things.pool]}),
    "api_cant_week": _of_farm(lambda _things: {"week": "2026-12-01", "reason": "översvämning"}),
    "api_lists": _own_list(
        FARM,
        place=_AT_FARM,
        post=Rule(
            let_in=FARM,
            body=lambda _things: {"name": "lista.csv", "content": "VmFyYTtNw6RuZ2QK", "week": "2026-12-07"},
        ),
    ),
    "api_list_out": Row({"GET": Rule(let_in=FARM, body=_WEEK)}, args=_AT_FARM),
    "api_list": Row(
        {"GET": Rule(let_in=FARM, body=_WEEK), "POST": Rule(let_in=FARM, body=_WEEK)},
        args={**_AT_FARM, "pk": "list_file"},
    ),
    "api_list_import": _of_farm(_WEEK, pk="list_file"),
    "api_list_undo": _of_farm(pk="list_import"),
    "api_season_needs": Row({"GET": Rule(let_in=FARM)}, args=_AT_FARM),
    "api_standing_lists": _own_list(
        _BUYERS,
        place=_AT_KITCHEN,
        post=Rule(
            let_in=KITCHEN,
            refused=AUTHORITY,
            body=lambda things: {"name": "Fredagar", "lines": [{"product": things.product, "quantity": 5}]},
        ),
    ),
    "api_standing_list": Row({"GET": Rule(let_in=_BUYERS)}, args={**_AT_KITCHEN, "pk": "standing_list"}),
    "api_standing_list_removal": Row(
        {"POST": Rule(let_in=KITCHEN, refused=AUTHORITY)}, args={**_AT_KITCHEN, "pk": "standing_list"}
    ),
    "api_forecasts": _own_list(
        _BUYERS,
        place=_AT_KITCHEN,
        post=Rule(
            let_in=KITCHEN,
            refused=AUTHORITY,
            body=lambda things: {"lines": [{"product": things.product, "week": "2026-12-07", "quantity": 5}]},
        ),
    ),
    "api_doubles": Row({"GET": _KEPT}),
    "api_merge": Row({"POST": _KEPT}, args={"pk": "product"}),
    "api_mapping": Row({"POST": _KEPT}, args={"pk": "product"}),
}

TABLE: dict[str, Row] = {
    **PUBLIC_PAGES,
    **SCHOOL_PAGES,
    **KEYED_PAGES,
    **HOUSE_PAGES,
    **REGISTER_PAGES,
    **KITCHEN_PAGES,
    **FARM_PAGES,
    **HUB_PAGES,
    **DESK_PAGES,
    **API,
    **API_TWINS,
}
