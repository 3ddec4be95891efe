from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from config.ground.models import TrailEntry, User
from config.ground.trail import Actor, acting
from market.actions import reference
from market.actions.reference import Loaded, load_law, load_reference
from market.models import (
    ClimateFactor,
    FactorSet,
    LawFigure,
    LawParagraph,
    Regime,
    VatRate,
)
from market.queries.law import law_figure
from market.refusals import LawFigureMissing
from market.rules import changes
from market.rules.call_off import Rule
from market.rules.criteria_matters import Matter
from market.rules.standing import Ground
from suppliers.models import ProductGroup
from suppliers.rules.certificates import GOODS_FACTS, PERMITS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_without_reference")]

BY = Actor.job("tests")


def test_a_second_load_changes_nothing_and_writes_nothing() -> None:
    assert load_reference(by=BY).new > 600
    trailed = TrailEntry.objects.count()
    assert load_reference(by=BY) == Loaded(new=0, changed=0)
    assert TrailEntry.objects.count() == trailed


def test_every_rule_has_its_paragraph_in_every_regime() -> None:
    load_law(by=BY)
    told = set(LawParagraph.objects.on(date(2026, 11, 23)).values_list("rule", "regime"))
    rules = [rule.value for rule in Rule] + [f"criteria_{matter}" for matter in Matter]
    rules += [f"exclusion_{ground}" for ground in Ground]
    rules += ["secrecy_bids", "secrecy_business", "secrecy_person", "change_termination"]
    rules += [f"change_{ground}" for ground in changes.Ground if ground not in changes.ONLY_ABOVE]
    only_above = {(f"change_{ground}", Regime.DIRECTIVE.value) for ground in changes.ONLY_ABOVE}
    assert told == {(rule, regime) for rule in rules for regime in Regime.values} | only_above


def test_below_the_threshold_no_finding_names_chapter_seven() -> None:
    load_law(by=BY)
    named = LawParagraph.objects.exclude(regime=Regime.DIRECTIVE).values_list("paragraph", flat=True)
    assert not [paragraph for paragraph in named if "7 kap." in paragraph]
    assert LawParagraph.objects.get(rule="authority_named", regime="directive").paragraph == "7 kap. 3 § LOU"


def test_nothing_is_seeded_as_confirmed() -> None:
    load_reference(by=BY)
    for table in (LawFigure, LawParagraph, VatRate):
        assert not table.objects.exclude(confirmed_by=None).exists()


def test_vat_follows_the_day() -> None:
    load_reference(by=BY)
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2027, 12, 31), date(2028, 1, 3)]
    rates = [VatRate.objects.on(day).get(vat_class__code="food").rate for day in days]
    assert [str(rate.normalize()) for rate in rates] == ["0.12", "0.06", "0.06", "0.12"]


def test_groups_need_the_permits_of_food_law() -> None:
    load_reference(by=BY)
    assert ProductGroup.objects.get(code="eggs").permits == ["packing_centre"]
    assert ProductGroup.objects.get(code="dairy").permits == ["approval"]
    assert ProductGroup.objects.get(code="vegetables").parent == ProductGroup.objects.get(code="plants")
    needed = {
        permit for permits in ProductGroup.objects.values_list("permits", flat=True) for permit in permits
    }
    assert needed <= PERMITS | GOODS_FACTS
    assert ProductGroup.objects.get(code="beef").permits == ["slaughtered_in"]


def test_the_shipped_factor_set_is_active_unless_the_municipality_has_its_own() -> None:
    load_reference(by=BY)
    assert FactorSet.objects.get(is_active=True).code == "SE-mix-2026.1"
    assert ClimateFactor.objects.count() == 275


def test_the_municipalitys_own_set_stays_active() -> None:
    with acting(BY):
        FactorSet.objects.create(
            code="OWN",
            name="Egen",
            version="1",
            source="–",
            licence="–",
            valid_from=date(2026, 1, 1),
            is_active=True,
        )
    load_reference(by=BY)
    assert FactorSet.objects.get(is_active=True).code == "OWN"


def test_an_unconfirmed_row_follows_its_file_and_a_confirmed_one_only_in_its_last_day() -> None:
    load_law(by=BY)
    with acting(BY):
        officer = User.objects.create_user(name="Ulla", email="ulla@vingaker.example")
        LawFigure.objects.filter(code="documentation_days").update(value=1)
        LawFigure.objects.filter(code="documentation_amount").update(
            value=1,
            valid_to=date(2029, 1, 1),
            confirmed_by=officer,
            confirmed_at=datetime(2026, 11, 23, tzinfo=UTC),
        )
    assert load_law(by=BY) == Loaded(new=0, changed=2)
    assert LawFigure.objects.get(code="documentation_days").value == 30
    confirmed = LawFigure.objects.get(code="documentation_amount")
    assert (confirmed.value, confirmed.valid_to) == (Decimal(1), None)


def test_an_old_figure_ends_before_the_new_one_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    load_law(by=BY)
    lines = {name: reference._lines(name) for name in ("law.csv", "paragraphs.csv")}
    old = next(line for line in lines["law.csv"] if line["code"] == "direct_award_limit")
    new = {**old, "value": "800000", "valid_from": "2027-01-01"}
    old["valid_to"] = "2026-12-31"
    lines["law.csv"].insert(0, new)
    monkeypatch.setattr(reference, "_lines", lines.get)
    assert load_law(by=BY) == Loaded(new=1, changed=1)
    assert law_figure(code="direct_award_limit", on=date(2026, 12, 31)).value == 700_000
    assert law_figure(code="direct_award_limit", on=date(2027, 1, 1)).value == 800_000


def test_a_figure_that_is_not_known_is_said_to_be_missing() -> None:
    load_law(by=BY)
    with pytest.raises(LawFigureMissing):
        law_figure(code="eu_threshold_sek", on=date(2026, 11, 23))


def test_the_command_tells_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference")
    call_command("load_reference")
    assert "0 nya rader, 0 ändrade" in capsys.readouterr().out
