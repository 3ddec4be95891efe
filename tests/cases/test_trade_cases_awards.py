"""Hard cases of the trade about direct awards, each by its number in the list (docs/cases.md)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.ground.refusals import InvalidInput, NotAllowed, NotFound
from config.ground.trail import Once, acting
from market.actions.law import set_own_limit
from market.actions.parties import add_need
from market.actions.standing import suspend_supplier
from market.models import Agreement, AwardDocumentation, NeedTotal, ValueAssessment
from market.refusals import DirectAwardLimit, OrganicNotCertified
from market.rules.assessment import Basis, Choice
from orders.actions.awards import (
    AwardBasis,
    Documented,
    countersign_award,
    document_award,
    map_external_need,
    sign_award,
)
from orders.models import ExternalPurchase, PurchaseImport
from orders.queries.awards import register
from orders.queries.valuation import largest_unmapped, need_figures, needs_seen
from suppliers.actions import register_supplier
from suppliers.models import Supplier
from tests.factories.awards import OWN_FIGURE, award_draft
from tests.factories.criteria import organic_criterion
from tests.factories.officers import another_officer
from tests.factories.world import Farm, Goods, World, make_world
from tests.orders.views.desk import address, client_of, table

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    """The goods lie in no framework, so that nothing but the award has them."""
    return make_world(products=[Goods(in_lot=False)])


def sign(world: World, *, basis: AwardBasis = OWN_FIGURE, **draft: Any) -> Agreement:
    return sign_award(
        draft=award_draft(world, **draft),
        basis=basis,
        signer=world.officer,
        signed_at=world.now,
        by=world.by_officer,
    )


def rests_on(basis: str, *, own: object = None, ahead: object = None, reason: str = "") -> AwardBasis:
    return AwardBasis(
        choice=Choice(basis=Basis(basis), own_sek=None if own is None else Decimal(str(own)), reason=reason),
        ahead_12_sek=None if ahead is None else Decimal(str(ahead)),
    )


def bought_elsewhere(world: World, amounts: Mapping[date, object], **change: Any) -> None:
    """A ledger: one purchase a month, of a supplier and a category; SEK excl. VAT."""
    with acting(world.by_officer):
        paper = PurchaseImport.objects.create(
            authority=world.authority,
            file_name="reskontra.csv",
            sha256=f"{PurchaseImport.objects.count():064d}",
            mapping="m",
            rows=len(amounts),
            imported_by="tests",
        )
        ExternalPurchase.objects.bulk_create(
            ExternalPurchase(
                **{
                    "purchase_import": paper,
                    "row_number": number,
                    "authority": world.authority,
                    "buyer": "Skola",
                    "product_text": "Potatis",
                    "supplier_number": "5560000001",
                    "supplier_name": "Grossisten",
                    "category": "Rotfrukter",
                    "period_start": month,
                    "period_end": month.replace(day=28),
                    "currency": "SEK",
                    "amount": Decimal(str(amount)),
                    "raw": {},
                }
                | change
            )
            for number, (month, amount) in enumerate(amounts.items(), start=1)
        )


def two_years(amount: object) -> dict[date, object]:
    """The 24 whole months before the world's day."""
    return {date(2024 + (10 + n) // 12, (10 + n) % 12 + 1, 1): amount for n in range(24)}


def test_case_1_a_value_just_below_the_limit_is_signed_and_shows_its_margin(world: World) -> None:
    agreement = sign(
        world, basis=rests_on("own", own="699999.99", reason="Statistik"), ceiling_sek="699999.99"
    )
    kept = ValueAssessment.objects.get(agreement=agreement)
    assert kept.limit_sek - kept.value_sek == Decimal("0.01")
    assert kept.paragraph == "19 a kap. 2 § LOU"


@pytest.mark.parametrize(("own", "ceiling"), [("700000", "90000"), ("90000", "700000")])
def test_case_2_at_the_limit_nothing_is_signed(world: World, own: str, ceiling: str) -> None:
    with pytest.raises(DirectAwardLimit):
        sign(world, basis=rests_on("own", own=own, reason="Statistik"), ceiling_sek=ceiling)
    assert not Agreement.objects.filter(kind="direct_award").exists()
    assert not ValueAssessment.objects.exists()


def test_case_4_the_lower_of_two_figures_needs_the_officers_reason(world: World) -> None:
    map_external_need(need=world.need, category="Rotfrukter", by=world.by_officer)
    bought_elsewhere(world, two_years("54166.66"))
    found = need_figures(world.need, on=DAY, ahead_12_sek=Decimal(900_000))
    assert (found.figures.back_12_sek, found.figures.are_complete) == (Decimal("649999.92"), True)
    with pytest.raises(InvalidInput) as silent:
        sign(world, basis=rests_on("back_12", ahead=900_000))
    assert set(silent.value.fields) == {"value_reason"}
    with pytest.raises(DirectAwardLimit):
        sign(world, basis=rests_on("ahead_12", ahead=900_000, reason="Så blir det"))
    sign(world, basis=rests_on("back_12", ahead=900_000, reason="Ett kök stänger."))
    kept = ValueAssessment.objects.get()
    assert (kept.back_12_sek, kept.ahead_12_sek, kept.reason) == (
        Decimal("649999.92"),
        Decimal(900_000),
        "Ett kök stänger.",
    )


def test_case_5_at_new_year_only_the_financial_year_figure_moves(world: World) -> None:
    map_external_need(need=world.need, supplier_number="5560000001", by=world.by_officer)
    bought_elsewhere(world, {date(2025, 6, 15): 100, date(2026, 6, 15): 1_000, date(2026, 12, 15): 10_000})
    NeedTotal.objects.create(need_category=world.need, month=date(2026, 12, 1), net_sek=Decimal(5))
    before = need_figures(world.need, on=date(2026, 12, 31), ahead_12_sek=None).figures
    after = need_figures(world.need, on=date(2027, 1, 1), ahead_12_sek=None).figures
    assert (before.back_12_sek, before.financial_year_sek) == (Decimal(1_000), Decimal(100))
    assert (after.back_12_sek, after.financial_year_sek) == (Decimal(11_005), Decimal(11_005))


def test_case_6_many_small_awards_ask_why_they_are_no_split(world: World) -> None:
    farms = [
        register_supplier(
            name=f"Gård {n}",
            legal_form=Supplier.LegalForm.COMPANY,
            number=number,
            email=f"g{n}@prov.example",
            by=world.by_officer,
        )
        for n, number in enumerate(["5560360793", "5565475489", "5560125790"])
    ]
    reasoned = rests_on("own", own=65_000, reason="Olika sorter, olika säsong.")
    for farm in farms:
        sign(world, basis=reasoned, supplier=farm.pk, ceiling_sek=65_000)
    sign(world, basis=reasoned, ceiling_sek=65_000)
    assert not ValueAssessment.objects.filter(looked_split=True).exists()
    sign(world, basis=reasoned, ceiling_sek=65_000)
    assert ValueAssessment.objects.filter(looked_split=True, reason=reasoned.choice.reason).count() == 1


def test_case_6_invoices_of_65_000_in_the_ledger_ask_the_same(world: World) -> None:
    map_external_need(need=world.need, category="Rotfrukter", by=world.by_officer)
    days = [date(2026, 10, 2 * number) for number in range(1, 11)]  # ten: below the limit together
    for number, day in enumerate(days):
        bought_elsewhere(world, {day: 65_000}, supplier_number=f"55600000{number:02d}")
    bought_elsewhere(world, two_years("0.01"))
    with pytest.raises(InvalidInput) as asked:
        sign(world, basis=rests_on("back_12", ahead=1), ceiling_sek=1)
    assert "uppdelat" in asked.value.fields["value_reason"][0]
    sign(world, basis=rests_on("own", own=90_000, reason="Skördefesten, tio gårdar."), ceiling_sek=1)
    assert ValueAssessment.objects.get().looked_split


def test_case_7_a_municipal_company_is_an_authority_of_its_own(world: World) -> None:
    company = make_world(beside=world)
    sign(world, ceiling_sek=600_000)
    sign_award(
        draft=award_draft(company, ceiling_sek=600_000),
        basis=OWN_FIGURE,
        signer=company.officer,
        signed_at=company.now,
        by=company.by_officer,
    )
    with pytest.raises(NotFound):
        sign(world, need_category_id=company.need.pk)


@pytest.mark.parametrize(("own", "opens"), [("100000.00", False), ("100000.01", True)])
def test_case_10_above_the_amount_a_documentation_task_is_opened(world: World, own: str, opens: bool) -> None:
    agreement = sign(world, basis=rests_on("own", own=own, reason="Statistik"))
    due = list(AwardDocumentation.objects.filter(agreement=agreement).values_list("due_on", flat=True))
    assert due == ([DAY + timedelta(days=30)] if opens else [])


def test_case_11_a_late_documentation_is_shown_and_stays_writable(world: World) -> None:
    agreement = sign(world, ceiling_sek=150_000)
    doc = agreement.documentation
    late = doc.due_on + timedelta(days=1)
    assert [each.state for each in register(world.authority, today=doc.due_on)] == ["open"]
    assert [each.state for each in register(world.authority, today=late)] == ["late"]
    with time_machine.travel(datetime(2026, 12, 24, 9, tzinfo=UTC), tick=False):
        home = client_of(world.officer).get(address(world, "home")).content.decode()
    assert "Försenad, men går att skriva klart." in home
    told = Documented(
        object_text="Potatis", competition="Tre tillfrågades", asked="A, B, C", bids=2, main_reason="Pris"
    )
    unready = Documented(object_text="Potatis", competition="", asked="A", bids=None, main_reason="x")
    with pytest.raises(InvalidInput) as missing:
        document_award(
            documentation=doc,
            told=unready,
            close=True,
            officer=world.officer,
            today=late,
            by=world.by_officer,
        )
    assert set(missing.value.fields) == {"competition", "bids"}
    with pytest.raises(NotAllowed):
        document_award(
            documentation=doc, told=told, close=True, officer=world.manager, today=late, by=world.by
        )
    document_award(
        documentation=doc, told=told, close=True, officer=world.officer, today=late, by=world.by_officer
    )
    assert [each.state for each in register(world.authority, today=late)] == ["closed"]


def test_case_86_and_87_goods_that_a_framework_covers_need_a_reason() -> None:
    world = make_world()
    with pytest.raises(InvalidInput) as covered:
        sign(world, basis=rests_on("own", own=90_000, reason="Statistik"))
    assert set(covered.value.fields) == {"covered_reason"}
    kept = sign(world).assessment
    assert kept.covered_by == world.agreement.title
    assert "punkt 4" in kept.covered_reason


def test_incomplete_figures_ask_for_the_officers_own(world: World) -> None:
    with pytest.raises(InvalidInput) as refused:
        sign(world, basis=rests_on("back_12", reason="x"))
    assert "0 av 24" in refused.value.fields["basis"][0]


def test_an_own_limit_is_judged_and_kept_with_the_award(world: World) -> None:
    set_own_limit(
        authority=world.authority,
        code="direct_award_limit",
        value=Decimal(100_000),
        decision="KF 2025",
        first_day=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    with pytest.raises(DirectAwardLimit):
        sign(world, basis=rests_on("own", own=99_999, reason="x"), ceiling_sek=100_000)
    kept = sign(world, basis=rests_on("own", own="99999.99", reason="x"), ceiling_sek=50_000).assessment
    assert kept.limit_sek == 100_000


def test_the_nearest_mapping_counts_and_what_lies_in_none_is_listed(world: World) -> None:
    dairy = add_need(authority=world.authority, code="dairy", name="Mejeri", by=world.by_officer)
    map_external_need(need=world.need, category="Rotfrukter", by=world.by_officer)
    map_external_need(need=dairy, supplier_number="5560000001", category="Rotfrukter", by=world.by_officer)
    month = {date(2026, 3, 10): 100}
    bought_elsewhere(world, month)
    bought_elsewhere(world, month, supplier_number="5560000002")
    bought_elsewhere(world, month, category="Fisk", amount=Decimal(-7))
    bought_elsewhere(world, month, currency="EUR")
    seen = {each.name: each.found for each in needs_seen(world.authority, on=DAY)}
    assert {name: found.figures.back_12_sek for name, found in seen.items()} == {
        "Livsmedel": 100,
        "Mejeri": 100,
    }
    assert seen["Mejeri"].unmapped_sek == -7
    assert [(row.category, row.sek, row.rows) for row in largest_unmapped(world.authority)] == [
        ("Fisk", Decimal(-7), 1)
    ]
    with pytest.raises(InvalidInput):
        map_external_need(need=dairy, by=world.by_officer)


def test_the_same_key_signs_one_award_and_a_few_statements_show_all_needs(world: World) -> None:
    once = Once.of(endpoint="direct_award", key="k", body="b")
    signed = [
        sign_award(
            draft=award_draft(world),
            basis=OWN_FIGURE,
            signer=world.officer,
            signed_at=world.now,
            once=once,
            by=world.by_officer,
        ).pk
        for _ in range(2)
    ]
    assert signed[0] == signed[1]
    with CaptureQueriesContext(connection) as statements:
        seen = needs_seen(world.authority, on=DAY)
    assert (len(statements), seen[0].ceilings_sek) == (2, Decimal(90_000))


def test_the_register_is_saved_as_a_file_without_personal_numbers_or_formulas(world: World) -> None:
    sign(world, ceiling_sek=150_000, title="=HYPERLINK(1)")
    answer = client_of(world.officer).get(address(world, "awards"), {"format": "csv"})
    rows = table(answer)
    row = dict(zip(next(row for row in rows if "Lagrum" in row), rows[-1], strict=True))
    assert row["Lagrum"] == "19 a kap. 2 § LOU"
    assert row["Behovets värde, kr"] == "150000,00"
    assert any(cell.startswith("'=HYPERLINK") for cell in rows[-1])


def test_the_officer_lays_purchases_into_a_need_from_the_work_list(world: World) -> None:
    bought_elsewhere(world, {date(2026, 3, 10): 100})
    client = client_of(world.officer)
    page = client.get(address(world, "needs"), {"category": "Rotfrukter"}).content.decode()
    assert "Grossisten" in page
    assert 'value="Rotfrukter"' in page
    form = {"supplier_number": "", "category": "", "need_category": world.need.pk}
    assert client.post(address(world, "needs"), form).status_code == 422
    assert client.post(address(world, "needs"), form | {"category": "Rotfrukter"}).status_code == 302
    assert largest_unmapped(world.authority) == []
    assert "Allt som är importerat" in client.get(address(world, "needs")).content.decode()


def test_why_was_this_award_allowed_stands_on_one_page(world: World) -> None:
    agreement = sign(world, ceiling_sek=150_000)
    client = client_of(world.officer)
    page = client.get(address(world, "award_why", agreement.pk)).content.decode()
    for said in (
        "19 a kap. 2 § LOU",
        "ej bekräftad",
        "Grossistens statistik.",
        "550\u00a0000,00",
        world.officer.name,
    ):
        assert said in page
    other = make_world(beside=world)
    assert client.get(address(other, "award_why", agreement.pk)).status_code == 404
    assert client_of(other.officer).get(address(other, "award_why", agreement.pk)).status_code == 404


def test_why_a_farm_was_suspended_stands_on_one_page(world: World) -> None:
    standing = suspend_supplier(
        authority=world.authority,
        supplier=world.supplier,
        clause="punkt 14.2",
        first_day=DAY,
        unheard_reason="Fara för eleverna.",
        officer=world.officer,
        by=world.by_officer,
    )
    page = client_of(world.officer).get(address(world, "standing_why", standing.pk)).content.decode()
    assert "punkt 14.2" in page
    assert page.count(world.officer.name) >= 2


def organic_until(last_day: date | None) -> World:
    return make_world(farms=[Farm(labels=("organic",), labels_to=last_day)], products=[Goods(in_lot=False)])


@pytest.mark.parametrize(
    ("last_day", "signed"), [(None, True), (DAY, True), (DAY - timedelta(days=1), False)]
)
def test_case_62_an_award_that_asks_for_organic_is_not_signed_when_the_certificate_is_out(
    last_day: date | None, signed: bool
) -> None:
    world = organic_until(last_day)
    asked = organic_criterion(world, "plants")
    if signed:
        agreement = sign(world, criterion_ids=(asked.pk,))
        assert agreement.criteria.get().criterion == asked
    else:
        with pytest.raises(OrganicNotCertified) as refusal:
            sign(world, criterion_ids=(asked.pk,))
        assert "Björkhaga gård: Potatis" in refusal.value.sentence("sv")
        assert not Agreement.objects.filter(kind="direct_award").exists()


def test_case_62_what_another_group_must_be_stops_no_award() -> None:
    world = organic_until(DAY - timedelta(days=1))
    sign(world, criterion_ids=(organic_criterion(world, "animals").pk,))


def test_case_62_a_certificate_that_ends_while_the_award_waits_stops_the_second_signature() -> None:
    world = organic_until(DAY)
    set_own_limit(
        authority=world.authority,
        code="two_person_amount",
        value=Decimal(10_000),
        decision="Attestreglementet",
        first_day=DAY,
        officer=world.officer,
        by=world.by_officer,
    )
    waits = sign(world, criterion_ids=(organic_criterion(world, "plants").pk,))
    told: dict[str, Any] = {"agreement": waits, "signer": another_officer(world), "by": world.by_officer}
    with pytest.raises(OrganicNotCertified):
        countersign_award(signed_at=world.now + timedelta(days=1), **told)
    countersign_award(signed_at=world.now, **told)
    waits.refresh_from_db()
    assert waits.signed_at is not None
