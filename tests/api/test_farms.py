"""What a farm does for itself at the API: registers, hands in papers, sets terms, reads lists in, lives a week."""

import base64
import io
import zipfile
from typing import Any

import pytest

from config.ground.models import StoredFile
from market.models import ListImport, StockPool, SupplierHubTerms, SupplierPause
from suppliers.models import Certificate, Supplier
from tests.api.program import Program
from tests.factories.world import Farm, Goods, World, make_world

pytestmark = pytest.mark.django_db
WEEK = "2026-12-07"
BUSINESS = {
    "legal_form": "company",
    "number": "556016-0680",
    "name": "Nya gården",
    "email": "nya@gard.example",
    "phone": "070-174 06 05",
}
LIST = "Vara;Mängd;Förpackning;Allergener\nPotatis;120;5 kg;inga\n"


@pytest.fixture
def world() -> World:
    return make_world(farms=[Farm(price_is_cap=True)], products=[Goods(), Goods(name="Lök")])


@pytest.fixture
def farm(world: World) -> Program:
    return Program(world.people.farmers[0])


def at(world: World, path: str) -> str:
    return f"suppliers/{world.supplier.pk}/{path}"


def in_base64(content: str | bytes) -> str:
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()


def handed_in(world: World, farm: Program, content: str | bytes, name: str = "lista.csv") -> Any:
    return farm.post(at(world, "lists/"), {"name": name, "content": in_base64(content), "week": WEEK})


def test_a_person_registers_her_farm_once_and_acts_for_it(world: World) -> None:
    program = Program(world.people.outsider)
    made = program.post("suppliers/", BUSINESS, Idempotency_Key="first")
    assert (made.status_code, made.json()["name"]) == (201, "Nya gården")
    assert program.post("suppliers/", BUSINESS, Idempotency_Key="first").json() == made.json()
    assert program.get(f"suppliers/{made.json()['id']}/terms/").json()["results"] == []
    assert program.post("suppliers/", BUSINESS).json()["code"] == "supplier_exists"
    wrong = program.post("suppliers/", {**BUSINESS, "number": "556016-0681"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["number"])


def test_a_sole_traders_number_goes_in_and_never_out(world: World) -> None:
    person = {**BUSINESS, "legal_form": "sole_trader", "number": "19811218-9876"}
    reply = Program(world.people.outsider).post("suppliers/", person)
    assert "9876" not in reply.content.decode()
    assert Supplier.objects.get(pk=reply.json()["id"]).personal_number == "198112189876"


def test_a_certificate_with_its_file_is_handed_in_and_ended(world: World, farm: Program) -> None:
    paper = {
        "kind": "krav",
        "number": "K-17",
        "issuer": "Provorganet",
        "product_groups": ["food"],
        "valid_from": "2026-01-01",
        "file": {"name": "../../etc/intyg.pdf", "content": in_base64(b"%PDF-1.7\n")},
    }
    made = farm.post(at(world, "certificates/"), paper, Idempotency_Key="paper")
    assert made.status_code == 201
    assert farm.post(at(world, "certificates/"), paper, Idempotency_Key="paper").json() == made.json()
    assert StoredFile.objects.get(shelf="certificate").name == "intyg.pdf"
    end = at(world, f"certificates/{made.json()['id']}/end/")
    assert farm.post(end, {"last_day": "2026-12-31"}).json()["valid_to"] == "2026-12-31"
    assert farm.post(end, {"last_day": "2027-12-31"}).status_code == 422
    text = {**paper, "number": "K-18", "file": {"name": "x", "content": in_base64(b"\x00\x01")}}
    assert farm.post(at(world, "certificates/"), text).json()["code"] == "file_refused"
    assert Certificate.objects.filter(number="K-18").count() == 0


def test_terms_and_pauses_are_set_and_told(world: World, farm: Program) -> None:
    terms = {
        "hub": world.hub.pk,
        "weekdays": [4, 2],
        "lead_working_days": 3,
        "cut_off_time": "10:30",
        "minimum_order_sek": "250.50",
    }
    told = farm.post(at(world, "terms/"), terms, Idempotency_Key="t").json()
    assert (told["weekdays"], told["cut_off_time"], told["minimum_order_sek"]) == ([2, 4], "10:30", "250.50")
    assert farm.get(at(world, "terms/")).json()["results"] == [told]
    assert SupplierHubTerms.objects.get().lead_working_days == 3
    pause = farm.post(at(world, "pauses/"), {"first_day": "2027-07-01", "last_day": "2027-07-14"}).json()
    assert [each["id"] for each in farm.get(at(world, "pauses/")).json()["results"]] == [pause["id"]]
    end = at(world, f"pauses/{pause['id']}/end/")
    assert farm.post(end, {}, Idempotency_Key="gone").status_code == 200
    assert farm.post(end, {}, Idempotency_Key="gone").status_code == 200
    assert farm.post(end, {}).status_code == 404
    assert not SupplierPause.objects.exists()
    wrong: list[dict[str, Any]] = [
        {"weekdays": [8]},
        {"weekdays": []},
        {"cut_off_time": "24:00"},
        {"lead_working_days": 15},
    ]
    for change in wrong:
        assert farm.post(at(world, "terms/"), {**terms, **change}).status_code == 422


def test_a_week_is_repeated_sworn_to_and_taken_back(world: World, farm: Program) -> None:
    done = farm.post(at(world, "weeks/repeat/"), {"week": WEEK}, Idempotency_Key="r")
    assert done.json() == {"offers": 2, "left": 0, "closed": 0}
    assert farm.post(at(world, "weeks/repeat/"), {"week": WEEK}, Idempotency_Key="r").json() == done.json()
    pools = [pool.pk for pool in StockPool.objects.filter(valid_from=WEEK)]
    assert farm.post(at(world, "weeks/still-right/"), {"pools": pools}).json() == {"pools": 2}
    gone = farm.post(at(world, "weeks/cant/"), {"week": WEEK, "reason": "frost"})
    assert gone.json() == {"offers": 2, "still_owed": 0, "kitchens": 0}
    for day in ("0001-01-01", "9999-12-31", "2026-11-16", "2027-12-01"):
        for path, more in (("repeat", {}), ("cant", {"reason": "frost"})):
            assert farm.post(at(world, f"weeks/{path}/"), {"week": day, **more}).status_code == 422, day
    earlier = {"week": WEEK, "from_week": WEEK}
    assert list(farm.post(at(world, "weeks/repeat/"), earlier).json()["fields"]) == ["week"]


def test_a_list_is_looked_at_answered_read_in_and_undone(world: World, farm: Program) -> None:
    seen = handed_in(world, farm, LIST)
    told = seen.json()
    assert (seen.status_code, told["may_be_read_in"], told["rows"], told["new"]) == (201, True, 1, 1)
    assert not StockPool.objects.filter(valid_from=WEEK).exists()
    path = at(world, f"lists/{told['id']}/")
    again = farm.get(f"{path}?week={WEEK}")
    assert again.json() == told
    assert farm.get(f"{path}?week={WEEK}", If_None_Match=again.headers["ETag"]).status_code == 304
    done = farm.post(f"{path}import/", {"week": WEEK}, Idempotency_Key="in")
    assert (done.status_code, done.json()["rows"]) == (201, 1)
    assert farm.post(f"{path}import/", {"week": WEEK}, Idempotency_Key="in").json() == done.json()
    assert farm.post(f"{path}import/", {"week": WEEK}).json()["code"] == "same_list_again"
    assert StockPool.objects.get(valid_from=WEEK).quantity == 120
    assert farm.get(at(world, "lists/")).json()["results"] == [done.json()]
    undo = at(world, f"list-imports/{done.json()['id']}/undo/")
    assert farm.post(undo, {}).json() == {"stocks": 1, "kept": 0}
    assert farm.post(undo, {}).json()["code"] == "list_undone"


def test_a_lists_own_names_and_columns_are_answered_and_remembered(world: World, farm: Program) -> None:
    told = handed_in(world, farm, "Sak;Har;Allergener\nKnölar från backen;40;inga\n").json()
    assert [fault["code"] for fault in told["faults"]] == ["no_header"]
    assert (told["faults"][0]["row"], told["may_be_read_in"]) == (0, False)
    path = at(world, f"lists/{told['id']}/")
    answers = {
        "week": WEEK,
        "columns": {"product": "Sak", "quantity": "Har", "allergens": "Allergener"},
        "products": [{"name": "Knölar från backen", "product": world.product.pk}],
        "counts_packs": False,
    }
    assert farm.post(path, answers).json()["may_be_read_in"] is True
    unknown = {**answers, "products": [{"name": "Knölar", "product": 2**62}]}
    assert list(farm.post(path, unknown).json()["fields"]) == ["products"]
    twice = handed_in(world, farm, "Sak;Har;Allergener\nKnölar från backen;45;inga\n").json()
    assert twice["may_be_read_in"] is True


def test_a_faulty_list_is_told_by_row_and_changes_nothing(world: World, farm: Program) -> None:
    told = handed_in(world, farm, LIST + "Lök;1e400;5 kg;inga\nLök;-1;5 kg;katt\n").json()
    codes = [(fault["row"], fault["code"]) for fault in told["faults"]]
    assert {(3, "no_number"), (4, "negative"), (4, "unknown_allergen")} <= set(codes)
    refused = farm.post(at(world, f"lists/{told['id']}/import/"), {"week": WEEK})
    assert (refused.status_code, refused.json()["code"]) == (422, "list_has_faults")
    assert not ListImport.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "csv-int", "xlsx"])
def test_a_list_that_goes_out_comes_in_again(world: World, farm: Program, kind: str) -> None:
    out = farm.get(at(world, f"lists/out/?week=2026-12-01&variant={kind}")).json()
    asked = {**out, "week": "2026-12-01"}
    seen = farm.post(at(world, "lists/"), asked).json()
    assert (seen["faults"], seen["rows"], seen["changed"]) == ([], 2, 0)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", bytes(101 * 1024 * 1024))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lista.csv", b"Vara;M\x00ngd\n"),
        ("lista.xlsx", b"PK\x03\x04 trasig"),
        ("lista.pdf", b"%PDF-1.7"),
        ("../../etc/passwd", b"\xff\xfe\xfd\x01"),
        ("\u202exslx.csv", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_hostile_list_is_refused_in_words(world: World, farm: Program, name: str, content: bytes) -> None:
    reply = handed_in(world, farm, content, name)
    assert (reply.status_code, reply.json()["code"]) == (422, "file_refused")
    assert not ListImport.objects.exists()


def test_a_packed_bomb_and_ten_megabytes_are_refused(world: World, farm: Program) -> None:
    assert handed_in(world, farm, bomb(), "lista.xlsx").json()["code"] == "file_refused"
    assert handed_in(world, farm, b"x;" * 5 * 1024 * 1024).json()["code"] == "too_large"


def test_what_is_no_base64_is_refused(world: World, farm: Program) -> None:
    for content in ("å", "a", "====", 5, None, ["VmFyYQ=="]):
        body = {"name": "lista.csv", "content": content, "week": WEEK}
        reply = farm.post(at(world, "lists/"), body)
        assert (reply.status_code, list(reply.json()["fields"])) == (422, ["content"]), content


@pytest.mark.parametrize("role", ["manager", "officer", "outsider"])
def test_a_farms_own_things_are_there_for_nobody_else(world: World, role: str) -> None:
    other = Program(getattr(world.people, role))
    for path in ("terms/", "pauses/", "lists/", "season-needs/", f"lists/out/?week={WEEK}"):
        assert other.get(at(world, path)).status_code == 404, path
