"""A world in which one of everything exists, for the sweep over every address."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from config.ground.barriers import report_barrier
from config.ground.models import BarrierReport, StoredFile, User
from config.ground.people import password_link
from config.ground.trail import Actor, acting
from kitchens.actions.menus import DishPlan, lock_day, plan_day
from kitchens.actions.payback import DefinitionDraft, define_payback, open_board
from kitchens.actions.recipes import RecipeDraft, save_recipe
from kitchens.actions.standing_lists import save_standing_list
from kitchens.actions.tapping import open_taps
from kitchens.models import DishRole, Recipe
from kitchens.queries.baskets import WantedLine
from market.actions.delivery_terms import pause_supplier
from market.actions.lists import import_list, keep_list
from market.actions.reference import load_criteria
from market.actions.standing import suspend_supplier
from market.models import (
    Agreement,
    AgreementOption,
    LawFigure,
    LawParagraph,
    ListImport,
    PartyQuestion,
    Standing,
    SupplierPause,
    SupplierRun,
    SustainabilityCriterion,
)
from market.rules.weeks import week_of
from orders.actions.answering import confirm
from orders.actions.awards import sign_award
from orders.actions.closing import close_supplier_run
from orders.actions.handing_over import HandedLine, hand_over
from orders.actions.invoicing import book_credit, book_invoice
from orders.actions.last_leg import RoundDraft, record_round
from orders.actions.papers import BilledLine, CreditDraft, InvoiceDraft
from orders.actions.placing import place_order
from orders.actions.publishing import publish_tally
from orders.actions.receiving import ReceivedLine, receive
from orders.actions.weighing import WeighingDraft, record_weighing
from orders.models import (
    CallOff,
    CreditNote,
    DrivenRound,
    ExternalPurchase,
    HandOver,
    Invoice,
    Order,
    PublishedTally,
    PurchaseImport,
    PurchaseOrder,
    Receipt,
    Weighing,
)
from orders.queries.answer_links import answer_token
from orders.queries.checking import AskedLine
from orders.rules.periods import month_of
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.officers import (
    award_with_option,
    bidder_of,
    interest_of_another,
    ledger_import,
    ledger_of,
    matter_about,
    overshoot_of,
    pot_in,
    waiting_award,
)
from tests.factories.report_files import made_file, published_openly, saved_report
from tests.factories.reports import report_published
from tests.factories.shared import shared
from tests.factories.world import World, make_world

JOB = Actor.job("tests")


@dataclass(frozen=True, slots=True)
class Things:
    """The numbers of one world's things, by which its addresses are filled."""

    authority: int
    supplier: int
    hub: int
    kitchen: int
    product: int
    pack: int
    pool: int
    offer: int
    agreement: int
    agreement_lot: int
    standing: int
    matter: int
    bidder: int
    small_lot_pot: int
    waiting_award: int
    option: int
    overshoot: int
    ledger_file: int
    import_to_undo: int
    interest: int
    purchase_import: int
    law_figure: int
    sustainability_criterion: int
    law_paragraph: int
    award: int
    run: int
    order: int
    order_line: int
    standing_list: int
    call_off: int
    purchase_order: int
    purchase_order_line: int
    hand_over: int
    receipt: int
    order_number: str
    invoice: int
    invoice_line: int
    credit_note: int
    external_purchase: int
    driven_round: int
    weighing: int
    file: int
    published: int
    published_report: int
    person: int
    password_person: str
    password_key: str
    day: date
    recipe: int
    board: str
    tap_word: str

    answer_token: str
    list_file: int
    certificate: int
    pause: int
    list_import: int
    question: int
    barrier: int
    report_file: int
    saved_report: int
    problem: str = "not_found"
    job: str = "tidy_runs"
    report: str = "inkop"
    open_form: str = "json"

    def of(self, name: str) -> object:
        assert name in {field.name for field in fields(self)}, f"no world has a {name}"
        return getattr(self, name)


ROLES = ("farmer", "manager", "staff", "hub_worker", "officer", "auditor", "admin", "outsider")


def people_of(world: World) -> dict[str, User]:
    people = {role: getattr(world.people, role) for role in ROLES if role != "farmer"}
    return people | {"farmer": world.people.farmers[0]}


@shared
def walked_world() -> tuple[World, Things]:
    """A week's walk: ordered, closed, answered, handed over, received; and a purchase from elsewhere, and a file."""
    world = make_world()
    reply = place_order(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[AskedLine(product_id=world.product.pk, quantity=world.pack.base_per_pack * 4)],
        arrived_at=world.now,
        by=world.by,
    )
    order = Order.objects.get(pk=reply["order"])
    call_off = CallOff.objects.get(order=order)
    after = world.supplier_run.cut_off + timedelta(seconds=1)
    close_supplier_run(run_id=world.supplier_run.pk, now=after, by=JOB)
    paper = PurchaseOrder.objects.get(supplier=world.supplier)
    line = paper.lines.get()
    confirm(purchase_order_id=paper.pk, packs=None, now=after, by=world.by)
    hand_over(
        purchase_order_id=paper.pk,
        hub_id=world.hub.pk,
        lines=[HandedLine(line_id=line.pk, packs=4)],
        by=Actor.person(world.people.hub_worker.pk, door="tests"),
    )
    receive(
        kitchen=world.kitchen,
        delivery_date=world.delivery_date,
        lines=[ReceivedLine(call_off_id=call_off.pk, delivered=4)],
        by=world.by,
    )
    invoice, note = _billed(world, paper)
    bought, file = _from_elsewhere(world)
    listed = _handed_in(world)
    published_openly(world)
    return world, Things(
        authority=world.authority.pk,
        supplier=world.supplier.pk,
        hub=world.hub.pk,
        kitchen=world.kitchen.pk,
        product=world.product.pk,
        pack=world.pack.pk,
        pool=world.pool.pk,
        offer=world.offer.pk,
        agreement=world.agreement.pk,
        agreement_lot=world.lot.pk,
        standing=_suspended_later(world).pk,
        matter=matter_about(world).pk,
        bidder=bidder_of(world).pk,
        small_lot_pot=pot_in(world).pk,
        waiting_award=waiting_award(world).pk,
        overshoot=overshoot_of(world).pk,
        ledger_file=ledger_of(world).pk,
        import_to_undo=ledger_import(world).pk,
        option=AgreementOption.objects.get(agreement_lot__agreement=award_with_option(world)).pk,
        interest=interest_of_another(world).pk,
        purchase_import=bought.purchase_import_id,
        sustainability_criterion=_criterion(world),
        law_figure=LawFigure.objects.get(code="documentation_amount").pk,
        law_paragraph=LawParagraph.objects.get(rule="ranking", regime="directive").pk,
        award=_awarded(world).pk,
        run=SupplierRun.objects.get(supplier=world.supplier).pk,
        order=order.pk,
        order_line=call_off.order_line_id,
        standing_list=_list_of(world),
        call_off=call_off.pk,
        purchase_order=paper.pk,
        purchase_order_line=line.pk,
        hand_over=HandOver.objects.get(purchase_order=paper).pk,
        receipt=Receipt.objects.get(kitchen=world.kitchen).pk,
        order_number=paper.number,
        invoice=invoice.pk,
        invoice_line=invoice.lines.get().pk,
        credit_note=note.pk,
        external_purchase=bought.pk,
        driven_round=_driven(world).pk,
        weighing=_weighed(world).pk,
        file=file.pk,
        published=_published(world).pk,
        published_report=report_published(world).pk,
        person=world.manager.pk,
        password_person=password_link(world.manager)[0],
        password_key=password_link(world.manager)[1],
        day=world.delivery_date,
        board=f"skola-{world.kitchen.pk}",
        tap_word=_school(world),
        answer_token=answer_token(paper),
        list_file=listed.file_id,
        certificate=world.supplier.certificates.order_by("pk")[0].pk,
        pause=_paused_later(world).pk,
        list_import=listed.pk,
        question=_asked(world).pk,
        barrier=_barrier(world),
        report_file=made_file(world).pk,
        saved_report=saved_report(world).pk,
        recipe=Recipe.objects.get(authority=world.authority, name="Linsgryta").pk,
    )


def _school(world: World) -> str:
    """A lunch with two dishes, locked, and the word of its tap page."""
    versions = [
        save_recipe(authority=world.authority, draft=RecipeDraft(name, Decimal(1)), by=world.by)
        for name in ("Ärtsoppa", "Linsgryta")
    ]
    dishes = [DishPlan(role, version.pk, 9) for role, version in zip(DishRole.values, versions, strict=True)]
    lunch = plan_day(kitchen=world.kitchen, day=world.delivery_date, dishes=dishes, by=world.by)
    lock_day(menu_day=lunch, now=world.now, by=world.by)
    board = open_board(kitchen=world.kitchen, slug=f"skola-{world.kitchen.pk}", by=world.by)
    words = DefinitionDraft(text="Skogen", valid_from=world.today)
    define_payback(board=board, draft=words, by=world.by)
    return open_taps(menu_day=lunch, by=world.by)


def _list_of(world: World) -> int:
    line = WantedLine(product_id=world.product.pk, quantity=world.pack.base_per_pack)
    return save_standing_list(kitchen=world.kitchen, name="Måndagar", lines=[line], by=world.by).pk


def _billed(world: World, order: PurchaseOrder) -> tuple[Invoice, CreditNote]:
    """An invoice for three of the four packs, and a credit note on one of them."""
    line, by = order.lines.get(), Actor.person(world.people.farmers[0].pk, door="tests")
    invoice = InvoiceDraft(
        supplier_id=world.supplier.pk,
        authority_id=world.authority.pk,
        order_reference=order.number,
        number="1",
        issued_on=world.today,
        due_on=world.today,
        lines=[BilledLine(line_id=line.pk, packs=3, net_sek=line.price_sek * 3)],
    )
    pk = book_invoice(draft=invoice, now=world.now, by=by)["invoice"]
    booked = Invoice.objects.get(pk=pk)
    credit = CreditDraft(
        invoice_id=pk,
        number="K1",
        issued_on=world.today,
        reason="mögel",
        lines=[BilledLine(line_id=booked.lines.get().pk, packs=1, net_sek=line.price_sek)],
    )
    note = book_credit(draft=credit, now=world.now, by=by)["credit_note"]
    return booked, CreditNote.objects.get(pk=note)


def _suspended_later(world: World) -> Standing:
    return suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="punkt 14",
        first_day=world.delivery_date + timedelta(days=30),
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=world.by_officer,
    )


def _barrier(world: World) -> int:
    report_barrier(text="Tabellen läses inte upp.", page="", answer_to="", now=world.now, by=JOB)
    return BarrierReport.objects.latest("pk").pk


def _paused_later(world: World) -> SupplierPause:
    day = world.delivery_date + timedelta(days=90)
    return pause_supplier(supplier=world.supplier, first_day=day, last_day=day, by=JOB)


def _handed_in(world: World) -> ListImport:
    """A farm's list, read in for a week of its own."""
    content = f"Vara;Mängd;Förpackning;Allergener\n{world.product.name_sv};5;{world.pack.name_sv};inga\n"
    file = keep_list(supplier=world.supplier, name="lista.csv", content=content.encode(), by=JOB)
    week = week_of(world.delivery_date + timedelta(weeks=4))
    return import_list(supplier=world.supplier, file=file, period=week, prices_are_right=True, by=JOB)


def _driven(world: World) -> DrivenRound:
    draft = RoundDraft(date(2026, 11, 19), "Norra", "egen mätning", Decimal(76), Decimal("0.25"))
    return record_round(
        authority=world.authority,
        hub=world.hub,
        kitchens=[world.kitchen],
        draft=draft,
        today=world.today,
        by=world.by_officer,
    )


def _weighed(world: World) -> Weighing:
    day = date(2026, 11, 13)
    draft = WeighingDraft(kind="wasted", first_day=day, last_day=day, kg={world.product.pk: Decimal(1)})
    return record_weighing(kitchen=world.kitchen, draft=draft, today=world.today, by=world.by_officer)


def _published(world: World) -> PublishedTally:
    day = world.delivery_date
    return publish_tally(
        authority=world.authority,
        period=month_of(day),
        basis="delivered",
        today=month_of(day).last + timedelta(days=1),
        by=world.by_officer,
    )


def _asked(world: World) -> PartyQuestion:
    """A question that the farm has years to answer."""
    with acting(JOB):
        return PartyQuestion.objects.create(
            agreement_lot=world.lot,
            authority=world.authority,
            supplier=world.supplier,
            product=world.product,
            delivery_date=world.delivery_date,
            quantity=5,
            answer_by=datetime(2099, 1, 1, tzinfo=UTC),
        )


def _criterion(world: World) -> int:
    load_criteria(by=world.by)
    return SustainabilityCriterion.objects.earliest("pk").pk


def _awarded(world: World) -> Agreement:
    """A direct award that must be documented."""
    draft = award_draft(world, ceiling_sek=150_000)
    return sign_award(
        draft=draft, basis=OWN_FIGURE, signer=world.officer, signed_at=world.now, by=world.by_officer
    )


def _from_elsewhere(world: World) -> tuple[ExternalPurchase, StoredFile]:
    with acting(JOB):
        paper = PurchaseImport.objects.create(
            authority=world.authority,
            file_name="k.csv",
            sha256="0" * 64,
            mapping="m",
            rows=1,
            imported_by="tests",
        )
        bought = ExternalPurchase.objects.create(
            purchase_import=paper,
            row_number=1,
            authority=world.authority,
            buyer="Skola",
            product_text="Potatis",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 1, 31),
            currency="SEK",
            raw={},
        )
        file = StoredFile.objects.create(
            sha256="0" * 64,
            name="intyg.pdf",
            content_type="application/pdf",
            size=4,
            content=b"%PDF",
            shelf="certificate",
            shelf_id=world.supplier.pk,
        )
    return bought, file
