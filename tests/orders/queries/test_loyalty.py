"""Contract loyalty in SQL is the rule's, part by part, and its page, file and API say the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.ground.refusals import InvalidInput
from config.ground.trail import acting
from market.models import Agreement, AgreementLot, NeedCategory
from orders.actions.awards import map_external_need
from orders.forms.reporting import read_asked
from orders.models import CallOff, ExternalPurchase, PurchaseImport
from orders.queries.loyalty import loyalty, loyalty_rows
from orders.queries.reports.register import REPORTS
from orders.rules.loyalty import Loyalty, side_of
from orders.rules.periods import Period, year_of
from suppliers.models import Supplier
from tests.factories.reports import asked_of
from tests.factories.world import World, make_world
from tests.orders.actions.test_placing import place
from tests.orders.views.desk import address, client_of, table

pytestmark = pytest.mark.django_db
YEAR = year_of(date(2026, 11, 23))
STRANGER, MISTYPED = "5560125790", "5560125791"


@pytest.fixture(autouse=True)
def _on_the_worlds_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world() -> World:
    world = make_world()
    map_external_need(need=world.need, supplier_number="", category="Rotfrukter", by=world.by_officer)
    meat = NeedCategory(authority=world.authority, code="meat", name="Kött")
    with acting(world.by_officer):
        meat.save()
    map_external_need(need=meat, supplier_number="", category="Kött", by=world.by_officer)
    return world


def bought(
    world: World,
    sek: object,
    *,
    number: str,
    category: str = "Rotfrukter",
    day: date = date(2026, 5, 3),
    **more: str,
) -> None:
    with acting(world.by_officer):
        paper = PurchaseImport.objects.create(
            authority=world.authority,
            file_name="reskontra.csv",
            sha256=f"{PurchaseImport.objects.count():064d}",
            mapping="m",
            rows=1,
            imported_by="tests",
        )
        ExternalPurchase.objects.create(
            **{
                "purchase_import": paper,
                "row_number": 1,
                "authority": world.authority,
                "buyer": "Skola",
                "product_text": category,
                "supplier_number": number,
                "supplier_name": "Grossisten",
                "category": category,
                "period_start": day,
                "period_end": day,
                "currency": "SEK",
                "amount": Decimal(str(sek)),
                "raw": {},
            }
            | more
        )


def whole(world: World, period: Period = YEAR) -> Loyalty:
    return loyalty(world.authority, period, by="need").whole


def org_number(world: World) -> str:
    return str(world.supplier.org_number)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("category", ["Rotfrukter", "Kött", "Annat"])
@pytest.mark.parametrize("day", [date(2026, 5, 3), date(2025, 12, 31)])
@pytest.mark.parametrize("party", [True, False])
def test_sql_places_a_purchase_as_the_rule_does(
    world: World, *, known: bool, category: str, day: date, party: bool
) -> None:
    """The agreement is of root vegetables, from 1 January 2026."""
    bought(
        world,
        100,
        number=(org_number(world) if party else STRANGER) if known else "",
        category=category,
        day=day,
    )
    in_force = party and known and day >= date(2026, 1, 1)
    side = side_of(
        supplier_known=known,
        has_need=category != "Annat",
        has_agreement=in_force,
        covers_need=in_force and category == "Rotfrukter",
    )
    assert whole(world, year_of(day)) == Loyalty(**{f"{side}_sek": Decimal(100)})


def test_call_offs_are_under_agreements_and_parts_sum_to_the_whole(world: World) -> None:
    place(world, 20)
    bought(world, 300, number=STRANGER)
    bought(world, "-50.50", number=STRANGER)
    bought(world, 70, number=f"16{org_number(world)[:6]}-{org_number(world)[6:]}")
    bought(world, 10, number="", category="Annat")
    call_offs = CallOff.objects.get().net_sek
    assert whole(world) == Loyalty(call_offs + 70, Decimal("249.50"), Decimal(10))
    by_supplier = loyalty(world.authority, YEAR, by="supplier")
    assert by_supplier.whole == whole(world)
    assert {part.name: part.sums.under_sek for part in by_supplier.parts}[
        world.supplier.name
    ] == call_offs + 70


@pytest.mark.parametrize(
    "change", [{"signed_at": None, "signed_by": None}, {"terminated_on": date(2026, 4, 1)}]
)
def test_an_agreement_that_does_not_hold_that_day_makes_nothing_loyal(
    world: World, change: dict[str, object]
) -> None:
    bought(world, 100, number=org_number(world))
    with acting(world.by_officer):
        Agreement.objects.update(**change)
    assert whole(world) == Loyalty(outside_sek=Decimal(100))


def test_another_currency_an_undone_import_and_another_authority_do_not_count(world: World) -> None:
    bought(world, 100, number=STRANGER, currency="EUR")
    bought(world, 100, number=STRANGER)
    with acting(world.by_officer):
        PurchaseImport.objects.update(undone_at=datetime(2026, 11, 1, tzinfo=UTC))
    other = make_world(beside=world)
    bought(other, 100, number=STRANGER)
    assert whole(world) == Loyalty()


def test_a_number_that_does_not_add_up_names_nobody(world: World) -> None:
    bought(world, 100, number=MISTYPED)
    assert whole(world) == Loyalty(unknown_sek=Decimal(100))


def test_an_article_lies_in_a_need_of_its_own_whatever_its_account(world: World) -> None:
    meat = NeedCategory.objects.get(name="Kött")
    map_external_need(need=meat, product_text="Korv", by=world.by_officer)
    bought(world, 100, number=org_number(world), product_text="Korv")
    bought(world, 10, number=org_number(world), product_text="Morot")
    assert whole(world) == Loyalty(under_sek=Decimal(10), outside_sek=Decimal(100))
    with pytest.raises(InvalidInput):
        map_external_need(need=meat, product_text=" ", by=world.by_officer)


def test_two_lots_of_one_need_do_not_double_a_purchase(world: World) -> None:
    with acting(world.by_officer):
        AgreementLot.objects.create(
            agreement=world.agreement, name="Två", allotment="single", ceiling_sek=Decimal(1)
        )
    bought(world, 100, number=org_number(world))
    assert whole(world).under_sek == 100


def test_page_file_and_api_say_the_same_in_one_statement(world: World) -> None:
    place(world, 20)
    bought(world, 300, number=STRANGER)
    client = client_of(world.officer)
    found = whole(world)
    assert found.share == Decimal("0.4")
    page = client.get(address(world, "contract_loyalty")).content.decode()
    assert "40,0\u00a0%" in page
    rows = table(client.get(address(world, "contract_loyalty"), {"format": "csv"}))
    assert rows[-1][1:3] == ["200,00", "300,00"]
    told = client.get(
        reverse("api_contract_loyalty"), {"authority": str(world.authority.pk), "by": "supplier"}
    ).json()
    assert told["whole"] == {
        "under_sek": "200.00",
        "outside_sek": "300.00",
        "unknown_sek": "0.00",
        "share": "0.400000",
        "coverage": "1.000000",
    }
    assert {part["name"] for part in told["parts"]} == {"Grossisten", world.supplier.name}
    with CaptureQueriesContext(connection) as statements:
        loyalty(world.authority, YEAR, by="need")
    assert len(statements) == 1


@pytest.mark.parametrize("question", [{"by": "colour"}, {"from": "2026-13"}])
def test_a_question_that_is_none_is_refused(world: World, question: dict[str, str]) -> None:
    assert client_of(world.officer).get(address(world, "contract_loyalty"), question).status_code == 422


def test_the_api_refuses_a_month_that_is_none_and_others(world: World) -> None:
    url, asked = reverse("api_contract_loyalty"), {"authority": str(world.authority.pk)}
    assert client_of(world.officer).get(url, asked | {"first": "2026-13"}).status_code == 422
    assert client_of(world.manager).get(url, asked).status_code == 404


def test_a_sole_trader_is_known_by_a_number_that_is_not_told(world: World) -> None:
    with acting(world.by_officer):
        Supplier.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number="8507099805"
        )
    bought(world, 100, number="850709-9805")
    page = client_of(world.officer).get(address(world, "contract_loyalty"), {"by": "supplier"})
    assert "9805" not in page.content.decode()
    assert whole(world).under_sek == 100


def test_a_need_opens_to_its_purchases_and_they_sum_to_it(world: World) -> None:
    place(world, 20)
    bought(world, 300, number=STRANGER)
    bought(world, 70, number=org_number(world))
    bought(world, 9, number=MISTYPED)
    bought(world, 5, number=STRANGER, product_text="Gurka")
    sort = REPORTS["avtalstrohet"]
    report = sort.make(
        read_asked({"from": "2026"}, sort, authority=world.authority, today=world.today, language="sv")
    )
    assert report.parts
    client = client_of(world.officer)
    for part in report.parts:
        asked = read_asked(part.opens, sort, authority=world.authority, today=world.today, language="sv")
        rows = sort.make(asked)
        assert rows.told.narrowed_to == (part.cells[0] if part.key != "-" else "inte lagt i något behov",)
        assert rows.whole is not None
        for column in ("under_sek", "outside_sek", "unknown_sek"):
            place_of = report.column(column)
            assert sum(rows.cells_of(column)) == rows.whole.cells[place_of] == part.cells[place_of]  # type: ignore[arg-type]
        page = client.get(address(world, "report", "avtalstrohet"), dict(part.opens)).content.decode()
        assert str(rows.parts[0].cells[0]) in page
    assert len(sort.make(replace(asked_of(world, "avtalstrohet"), by="row")).parts) == 5


def test_a_supplier_opens_to_its_purchases_and_its_number_stands_in_no_address(world: World) -> None:
    place(world, 20)
    farmer = "8507099805"
    with acting(world.by_officer):
        Supplier.objects.filter(pk=world.supplier.pk).update(
            legal_form="sole_trader", org_number=None, personal_number=f"19{farmer}"
        )
    bought(world, 70, number=farmer)
    bought(world, 300, number=STRANGER)
    bought(world, 7, number=STRANGER, product_text="Gurka")
    bought(world, 9, number="")
    sort = REPORTS["avtalstrohet"]
    asked = {"from": "2026", "by": "supplier"}
    report = sort.make(read_asked(asked, sort, authority=world.authority, today=world.today, language="sv"))
    assert len(report.parts) == 3
    client = client_of(world.officer)
    counts = []
    for part in report.parts:
        assert not {farmer, STRANGER} & {str(value) for value in part.opens.values()}
        opened = read_asked(part.opens, sort, authority=world.authority, today=world.today, language="sv")
        rows = sort.make(opened)
        counts.append(len(rows.parts))
        assert rows.told.narrowed_to == (part.cells[0],)
        assert rows.whole is not None
        for column in ("under_sek", "outside_sek", "unknown_sek"):
            place_of = report.column(column)
            assert sum(rows.cells_of(column)) == rows.whole.cells[place_of] == part.cells[place_of]  # type: ignore[arg-type]
        page = client.get(address(world, "report", "avtalstrohet"), dict(part.opens)).content.decode()
        assert farmer not in page
        assert str(rows.parts[0].cells[0]) in page
    assert sorted(counts) == [1, 2, 2]


@pytest.mark.parametrize("seller", ["8507099805", "p", "s0", "p1 OR 1=1", "p" + "9" * 30])
def test_what_is_no_key_of_a_supplier_is_answered_in_words(world: World, seller: str) -> None:
    answer = client_of(world.officer).get(
        address(world, "report", "avtalstrohet"), {"by": "row", "seller": seller}
    )
    assert answer.status_code == 422


def test_another_authoritys_purchase_opens_to_nothing(world: World) -> None:
    bought(world, 300, number=STRANGER)
    other = make_world(beside=world)
    key = loyalty(world.authority, YEAR, by="supplier").parts[0].key
    assert loyalty_rows(other.authority, YEAR, seller=key) == ()
