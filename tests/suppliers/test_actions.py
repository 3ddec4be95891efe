from datetime import date

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from config.ground.models import TrailEntry, User
from config.ground.refusals import InvalidInput, NotFound
from config.ground.trail import Actor, acting
from suppliers.actions import add_certificate, add_member, end_certificate, register_supplier
from suppliers.models import Certificate, FarmMember, ProductGroup, Supplier
from suppliers.queries import supplier_for
from suppliers.refusals import CertificateExists, SupplierExists

pytestmark = pytest.mark.django_db

BY = Actor.job("tests")
DAY = date(2026, 11, 23)


def company(number: str = "559900-0014", name: str = "Ängsholms gård AB") -> Supplier:
    return register_supplier(name=name, legal_form="company", number=number, by=BY)


def person(email: str = "a@gard.example") -> User:
    with acting(BY):
        return User.objects.create_user(name="Astrid", email=email)


@pytest.fixture
def eggs() -> ProductGroup:
    with acting(BY):
        return ProductGroup.objects.get(code="eggs")


def certificate(supplier: Supplier, *, number: str = "PC-1", valid_to: date | None = None) -> Certificate:
    return add_certificate(
        supplier=supplier,
        kind="packing_centre",
        number=number,
        issuer="Livsmedelsverket",
        group_codes=["eggs"],
        valid_from=DAY,
        valid_to=valid_to,
        by=BY,
    )


def test_a_company_is_known_by_its_organisation_number() -> None:
    supplier = company()
    assert (supplier.org_number, supplier.personal_number) == ("5599000014", None)
    assert supplier.public_number == "559900-0014"


def test_a_sole_traders_personal_number_stays_out_of_the_trail() -> None:
    supplier = register_supplier(
        name="Gunvor Påhitt", legal_form="sole_trader", number="19880320-0016", by=BY
    )
    assert (supplier.org_number, supplier.personal_number) == (None, "198803200016")
    entry = TrailEntry.objects.get(table_name="suppliers_supplier")
    assert "880320" not in str(entry.payload)
    assert supplier.public_number == "enskild firma"
    with override("en"):
        assert supplier.public_number == "sole trader"


@pytest.mark.parametrize(
    ("legal_form", "number"),
    [
        ("company", "559900-0015"),
        ("company", "55990000"),
        ("company", "880320-0016"),
        ("sole_trader", "559900-0014"),
        ("sole_trader", "19880320-0018"),
        ("sole_trader", "880320-0016"),
        ("sole_trader", "19881320-0016"),
    ],
)
def test_a_number_that_is_not_of_its_kind_is_refused_at_its_field(legal_form: str, number: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_supplier(name="Gård", legal_form=legal_form, number=number, by=BY)
    assert list(refusal.value.fields) == ["number"]


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_supplier(name=" ", legal_form="guild", number="1", by=BY)
    assert set(refusal.value.fields) == {"name", "legal_form", "number"}


def test_an_organisation_number_is_registered_once() -> None:
    company()
    with pytest.raises(SupplierExists):
        company(name="En annan gård AB")


def test_another_fault_of_the_table_is_not_taken_for_a_number_that_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise IntegrityError("null value in column name")

    monkeypatch.setattr(Supplier, "save", fail)
    with pytest.raises(IntegrityError):
        company()


def test_a_member_is_added_once_and_reaches_only_their_own_farm() -> None:
    supplier, other = company(), company("559900-0022", name="Annan gård")
    user = person()
    add_member(supplier=supplier, user=user, by=BY)
    add_member(supplier=supplier, user=user, by=BY)
    assert FarmMember.objects.count() == 1
    assert supplier_for(user, supplier.pk) == supplier
    with pytest.raises(NotFound):
        supplier_for(user, other.pk)


def test_a_certificate_covers_the_groups_that_it_names(eggs: ProductGroup) -> None:
    paper = certificate(company())
    assert list(paper.product_groups.all()) == [eggs]


def test_the_same_certificate_is_not_registered_twice(eggs: ProductGroup) -> None:
    supplier = company()
    certificate(supplier)
    with pytest.raises(CertificateExists):
        certificate(supplier)


def test_a_certificate_without_number_issuer_or_known_group_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_certificate(
            supplier=company(),
            kind="gold_medal",
            number=" ",
            issuer="",
            group_codes=["unicorns"],
            valid_from=DAY,
            valid_to=date(2026, 11, 22),
            by=BY,
        )
    assert set(refusal.value.fields) == {"kind", "number", "issuer", "group_codes", "valid_to"}


def test_a_certificate_is_ended_on_a_day(eggs: ProductGroup) -> None:
    paper = end_certificate(certificate=certificate(company()), last_day=date(2026, 12, 1), by=BY)
    paper.refresh_from_db()
    assert paper.valid_to == date(2026, 12, 1)


@pytest.mark.parametrize("last_day", [date(2026, 11, 22), date(2027, 1, 1)])
def test_an_end_before_the_beginning_or_after_the_end_is_refused(eggs: ProductGroup, last_day: date) -> None:
    paper = certificate(company(), valid_to=date(2026, 12, 31))
    with pytest.raises(InvalidInput):
        end_certificate(certificate=paper, last_day=last_day, by=BY)
