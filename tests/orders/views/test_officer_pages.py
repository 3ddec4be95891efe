"""The officer's pages say what they count, open their figures, and let an officer bind the authority within the law."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from config.ground.models import OutboxMessage, TrailEntry
from config.ground.trail import acting
from market.models import Agreement, AgreementLot, FoodMapping, LawFigure, LotBalance, Standing
from orders.actions.closing import close_supplier_run
from orders.models import CallOff, PurchaseOrder
from orders.queries.call_off_rows import WantedRows, all_rows
from suppliers.models import Supplier
from tests.factories.criteria import organic_criterion
from tests.factories.walked import JOB, make_walked, tally
from tests.factories.world import Farm, World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


ON_A_CLAUSE = {"ground": "clause", "clause": "punkt 4"}


def page(world: World, name: str, *keys: object, **question: str) -> str:
    answer = client_of(world.officer).get(address(world, name, *keys), question)
    return answer.content.decode()


def test_the_first_page_tells_what_waits_and_the_years_figures() -> None:
    world = make_walked(1, ceiling_sek=5_000)
    said = page(world, "home")
    assert "Behöver ett beslut nu" in said
    assert "Levererat i år" in said
    assert "av vikten" in said


def test_a_lot_is_near_or_over_its_ceilings_in_money_and_weight() -> None:
    world = make_world(ceiling_sek=250, ceiling_kg=1000)
    place(world, 20)
    said = page(world, "home")
    assert "Livsmedel närmar sig taket" in said
    assert "I vikt 980\u00a0kg kvar" in said
    LotBalance.objects.filter(authority=None, supplier=None).update(committed_sek=260, overshoot_sek=10)
    assert "Livsmedel är över taket" in page(world, "home")


def test_a_lot_without_a_weight_ceiling_tells_its_money_only() -> None:
    world = make_world(ceiling_sek=250)
    place(world, 20)
    said = page(world, "home")
    assert "50\u00a0kr kvar av takvärdet 250\u00a0kr" in said
    assert "I vikt" not in said


def test_agreements_and_papers_that_end_are_told_on_the_first_page() -> None:
    farm = Farm(permits_to=date(2026, 12, 31), labels=("organic",), labels_to=date(2026, 12, 24))
    said = page(make_world(farms=(farm,), valid_to=date(2027, 1, 10)), "home")
    assert "löper ut" in said
    assert "söndag 10 januari 2027" in said
    assert "Ekologiskt certifikat" in said
    assert "tappar varorna märkningen" in said
    assert "stoppas de varor som kräver det" in said


def test_who_is_late_is_called_and_a_run_that_stands_open_is_a_job() -> None:
    world = make_world()
    with acting(JOB):
        Supplier.objects.update(phone="070-174 06 00")
    place(world, 20)
    cut_off = world.supplier_run.cut_off
    with time_machine.travel(cut_off + timedelta(hours=1), tick=False):
        said = page(world, "home")
        assert "har inte samlats till en inköpsorder" in said
        assert 'href="/jobb/"' in said
        close_supplier_run(run_id=world.supplier_run.pk, now=cut_off + timedelta(seconds=1), by=JOB)
        assert "Ring gården: 070-174 06 00" in page(world, "home")
        OutboxMessage.objects.update(state="failed", last_error="550")
        assert "läs upp ordern" in page(world, "home")


def test_a_letter_that_failed_is_sent_again_to_the_address_that_the_farm_has_now() -> None:
    world = make_world()
    place(world, 20)
    cut_off = world.supplier_run.cut_off
    close_supplier_run(run_id=world.supplier_run.pk, now=cut_off + timedelta(seconds=1), by=JOB)
    OutboxMessage.objects.update(state="bounced", last_error="550", attempts=8)
    with acting(JOB):
        Supplier.objects.update(email="ny@gardar.example")
    button = address(world, "send_again", PurchaseOrder.objects.get().pk)
    assert button in page(world, "waiting")
    said = [client_of(world.officer).post(button, follow=True).content.decode() for _ in range(2)]
    assert "på väg igen" in said[0]
    assert button not in said[0]
    assert "redan på väg" in said[1]
    letter = OutboxMessage.objects.get()
    assert (letter.state, letter.recipient, letter.attempts) == ("pending", "ny@gardar.example", 0)


def test_more_than_five_papers_stand_on_a_page_of_their_own() -> None:
    world = make_world(
        farms=tuple(Farm(name=f"Gård {number}", rank=number, stock=5) for number in range(1, 8))
    )
    place(world, 35)
    for run in world.supplier_runs.values():
        close_supplier_run(run_id=run.pk, now=run.cut_off + timedelta(seconds=1), by=JOB)
    said = page(world, "home")
    assert "2 till väntar på en gård" in said
    assert address(world, "waiting") in said
    assert page(world, "waiting").count("har inte svarat") == 7


def test_months_open_to_their_rows() -> None:
    world = make_walked(1)
    said = page(world, "spend", by="month")
    assert "december 2026" in said
    assert "from=2026-12&amp;to=2026-12&amp;basis=ordered" in said


def test_below_nine_tenths_of_the_weight_nothing_is_compared() -> None:
    world = make_world()
    place(world, 20)
    tally(world)
    assert "jämförs ingenting" not in page(world, "climate")
    with acting(JOB):
        FoodMapping.objects.filter(product=world.product).delete()
    said = page(world, "climate")
    assert "jämförs ingenting" in said
    assert "varan är inte kopplad till något livsmedel" in said


def test_the_climate_page_names_its_set_and_basis() -> None:
    said = page(make_walked(1), "climate", basis="delivered")
    assert "2026.1" in said
    assert "Levererat leveransdagar 2026-01-01–2026-12-31" in said


@pytest.mark.parametrize(
    "question",
    [{"from": "2026-13"}, {"from": "2026-06", "to": "2026-05"}, {"basis": "served"}, {"by": "kitchen"}],
)
def test_a_question_that_can_not_be_read_is_said_so(question: dict[str, str]) -> None:
    world = make_world()
    assert client_of(world.officer).get(address(world, "spend"), question).status_code == 422


@pytest.mark.parametrize("question", [{"supplier": "x"}, {"supplier": "9" * 30}, {"efter": "x"}])
def test_rows_asked_for_in_nonsense_are_said_so(question: dict[str, str]) -> None:
    world = make_world()
    assert client_of(world.officer).get(address(world, "spend_rows"), question).status_code == 422


def test_a_call_off_tells_who_through_which_door_and_that_the_law_is_not_confirmed() -> None:
    world = make_world()
    place(world, 20)
    said = page(world, "call_off", CallOff.objects.get().pk)
    assert world.manager.name in said
    assert "webbplatsen" in said
    assert "ej bekräftad" in said
    assert "Köket bad om" in said


def test_a_refused_lines_reason_opens_to_its_rows() -> None:
    world = make_world()
    place(world, 200)
    assert "Varan räckte inte" in page(world, "home")
    said = page(world, "refused", regel="stock")
    assert world.kitchen.name in said
    assert world.kitchen.name not in page(world, "refused", regel="standing")


def award_form(world: World, **changed: object) -> dict[str, object]:
    return {
        "need_category": world.need.pk,
        "supplier": world.supplier.pk,
        "title": "Direktupphandling potatis",
        "case_number": "KS 2026/99",
        "ceiling_sek": "90 000,50",
        "valid_from": "2026-11-23",
        "valid_to": "2027-11-22",
        "reason": "Tre gårdar tillfrågades; bara denna kunde leverera.",
        "prices-0-pack": world.pack.pk,
        "prices-0-price_sek": "47,50",
        "basis": "own",
        "own_sek": "300 000",
        "value_reason": "Grossistens statistik för förra året.",
        "covered_reason": "Ramavtalet tillåter köp av säsongens varor utanför det.",
        **changed,
    }


def test_an_officer_signs_a_direct_award() -> None:
    world = make_world()
    answer = client_of(world.officer).post(address(world, "award"), award_form(world))
    agreement = Agreement.objects.get(kind="direct_award")
    lot = agreement.lots.get()
    assert answer["Location"] == address(world, "lot", lot.pk)
    assert (lot.ceiling_sek, agreement.signed_by) == (Decimal("90000.50"), world.officer)
    assert agreement.named.get().authority == world.authority
    assert lot.prices.get().price_sek == Decimal("47.5")
    entry = TrailEntry.objects.filter(table_name="market_agreement", row_id=agreement.pk).get()
    assert (entry.actor, entry.door) == (f"user:{world.officer.pk}", "web:officer:award")


def test_a_direct_award_at_the_limit_is_refused_with_sum_limit_paragraph_and_mark() -> None:
    world = make_world()
    client = client_of(world.officer)
    client.post(address(world, "award"), award_form(world, ceiling_sek="600000"))
    answer = client.post(address(world, "award"), award_form(world, ceiling_sek="100000"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "700\u00a0000" in said
    assert "19 a kap. 2 § LOU" in said
    assert "ej bekräftat" in said
    assert 'value="KS 2026/99"' in said
    assert Agreement.objects.filter(kind="direct_award").count() == 1


def test_an_award_that_asks_for_organic_goods_of_a_farm_without_certificate_is_sent_back() -> None:
    world = make_world()
    asked = organic_criterion(world, "plants")
    answer = client_of(world.officer).post(address(world, "award"), award_form(world, criteria=[asked.pk]))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "inget certifikat gäller den 2026-11-23 för Björkhaga gård: Potatis" in said
    assert "beloppet är ej bekräftat" not in said  # it is not the limit that says no
    boxes = re.findall(r'<input [^>]*name="criteria" value="(\d+)"([^>]*)>', said)
    assert [int(value) for value, rest in boxes if "checked" in rest] == [asked.pk]
    assert not Agreement.objects.filter(kind="direct_award").exists()


def test_a_confirmed_limit_is_not_called_unconfirmed() -> None:
    world = make_world()
    with acting(JOB):
        LawFigure.objects.filter(code="direct_award_limit").update(
            confirmed_by=world.officer, confirmed_at=world.now
        )
    assert "ej bekräftat" not in page(world, "award")


def test_without_the_limit_no_direct_award_is_signed() -> None:
    world = make_world()
    with acting(JOB):
        LawFigure.objects.filter(code="direct_award_limit").update(value=None)
    assert "inte känd" in page(world, "award")
    answer = client_of(world.officer).post(address(world, "award"), award_form(world))
    assert answer.status_code == 409
    assert not Agreement.objects.filter(kind="direct_award").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"reason": " "},
        {"ceiling_sek": "0"},
        {"ceiling_sek": "90.000"},
        {"valid_to": "2026-11-22"},
        {"prices-0-price_sek": ""},
        {"prices-0-pack": ""},
        {"prices-0-pack": "", "prices-0-price_sek": ""},
        {"title": ""},
    ],
)
def test_what_is_not_a_whole_award_is_sent_back_with_what_was_typed(changed: dict[str, object]) -> None:
    world = make_world()
    answer = client_of(world.officer).post(address(world, "award"), award_form(world, **changed))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Agreement.objects.filter(kind="direct_award").exists()


def test_the_same_pack_twice_is_sent_back() -> None:
    world = make_world()
    twice = award_form(world, **{"prices-7-pack": world.pack.pk, "prices-7-price_sek": "40"})
    answer = client_of(world.officer).post(address(world, "award"), twice)
    assert answer.status_code == 422
    assert "två priser" in answer.content.decode()


def test_a_fault_that_only_the_draft_sees_is_told_too() -> None:
    world = make_world()
    with acting(JOB):
        type(world.need).objects.update(name=" ")
    answer = client_of(world.officer).post(address(world, "award"), award_form(world))
    assert answer.status_code == 422
    assert "Fyll i detta" in answer.content.decode()


def test_anothers_need_can_not_be_awarded_for() -> None:
    world = make_world()
    other = make_world(beside=world)
    form = award_form(world, need_category=other.need.pk)
    assert client_of(world.officer).post(address(world, "award"), form).status_code == 422


def test_a_ceiling_is_raised_with_its_reason_in_the_trail() -> None:
    world = make_world(ceiling_sek=1000)
    url = address(world, "ceiling", world.lot.pk)
    client_of(world.officer).post(url, {"ceiling_sek": "1500", "reason": "option 2 utlöst", **ON_A_CLAUSE})
    assert AgreementLot.objects.get().ceiling_sek == 1500
    entry = TrailEntry.objects.filter(table_name="market_agreementlot", op="U").get()
    assert (entry.actor, entry.reason) == (f"user:{world.officer.pk}", "option 2 utlöst")


def test_a_ceiling_is_not_lowered() -> None:
    world = make_world(ceiling_sek=1000)
    url = address(world, "ceiling", world.lot.pk)
    answer = client_of(world.officer).post(url, {"ceiling_sek": "900", "reason": "spar", **ON_A_CLAUSE})
    assert answer.status_code == 409
    assert "bara höjas" in answer.content.decode()
    assert AgreementLot.objects.get().ceiling_sek == 1000


def test_a_direct_awards_ceiling_is_judged_again() -> None:
    world = make_world(regime="direct_award", ceiling_sek=650_000)
    url = address(world, "ceiling", world.lot.pk)
    answer = client_of(world.officer).post(url, {"ceiling_sek": "700000", "reason": "mer", **ON_A_CLAUSE})
    assert answer.status_code == 409
    assert "19 a kap. 2 § LOU" in answer.content.decode()


def test_a_supplier_is_suspended_with_a_clause_and_let_in_again() -> None:
    world = make_world()
    client = client_of(world.officer)
    client.post(
        address(world, "suspend", world.supplier.pk),
        {"clause": "punkt 14.2", "first_day": "2026-11-23", "last_day": "", "unheard_reason": "fara"},
    )
    standing = Standing.objects.get()
    assert (standing.clause, standing.decided_by, standing.valid_to) == ("punkt 14.2", world.officer, None)
    assert "avstängd" in page(world, "suppliers")
    lift = {"first_free_day": "2026-11-30", "reason": "rättat"}
    client.post(address(world, "lift", standing.pk), lift)
    standing.refresh_from_db()
    assert standing.valid_to == date(2026, 11, 29)


@pytest.mark.parametrize(
    "form",
    [
        {"clause": "", "first_day": "2026-11-23", "unheard_reason": "fara"},
        {"clause": "punkt 14", "first_day": "2026-11-22", "unheard_reason": "fara"},
        {
            "clause": "punkt 14",
            "first_day": "2026-11-24",
            "last_day": "2026-11-23",
            "unheard_reason": "fara",
        },
        {"clause": "punkt 14", "first_day": "2026-11-23", "unheard_reason": " "},
    ],
)
def test_a_suspension_rests_on_a_clause_and_on_days_to_come(form: dict[str, str]) -> None:
    world = make_world()
    answer = client_of(world.officer).post(address(world, "suspend", world.supplier.pk), form)
    assert answer.status_code == 422
    assert not Standing.objects.exists()


def test_a_suspension_is_not_lifted_backwards_in_time() -> None:
    world = make_world()
    client = client_of(world.officer)
    client.post(
        address(world, "suspend", world.supplier.pk),
        {"clause": "punkt 14", "first_day": "2026-11-23", "unheard_reason": "fara"},
    )
    url = address(world, "lift", Standing.objects.get().pk)
    assert client.post(url, {"first_free_day": "2026-11-22", "reason": "x"}).status_code == 422


def test_a_farm_that_sells_to_others_only_can_not_be_suspended() -> None:
    world = make_world()
    other = make_world()
    url = address(world, "suspend", other.supplier.pk)
    assert client_of(world.officer).post(url, {"clause": "x", "first_day": "2026-11-23"}).status_code == 404


def test_the_rows_of_a_lot_go_on_behind_a_cursor() -> None:
    world = make_walked(1)
    rows = list(all_rows(world.authority, WantedRows(lot_id=world.lot.pk), now=world.now))
    said = page(world, "lot", world.lot.pk, efter=str(rows[0].cursor))
    newest, next_one = (address(world, "call_off", row.call_off.pk) for row in rows[:2])
    assert f'href="{newest}"' not in said
    assert f'href="{next_one}"' in said
    assert f"fore={rows[1].cursor}" in said
