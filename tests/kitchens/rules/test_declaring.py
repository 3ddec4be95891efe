"""What diners are told of a dish: the cases of docs/rules/menus.md."""

from datetime import date, timedelta

import pytest

from kitchens.rules.declaring import KEPT, Meat, Supply, Told, declared, meat_kind, telling

DAY = date(2026, 11, 25)
PORK = {"pork": Meat.PORK}


def came(
    key: str,
    days_before: int = 1,
    *contains: str,
    country: str = "",
    told: Told = Told.DELIVERED,
    **more: object,
) -> Supply:
    return Supply(
        key,
        told,
        DAY - timedelta(days=days_before),
        contains=frozenset(contains),
        country=country,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("groups", "cpv", "kind"),
    [
        (("beef", "meat", "animals", "food"), "15111000", Meat.BEEF),
        (("lamb", "meat", "animals", "food"), "", Meat.SHEEP),
        (("meat", "animals", "food"), "15113000-3", Meat.PORK),
        (("meat", "animals", "food"), "15116000", Meat.GOAT),
        ((), "15112130-6", Meat.POULTRY),
        ((), "15115100", Meat.SHEEP),
        (("game", "meat", "animals", "food"), "15119500", None),
        (("pork", "meat", "animals", "food"), "15131200", None),  # bought ready: bacon
        (("potatoes_roots", "plants", "food"), "03212100", None),
        ((), "", None),
    ],
)
def test_goods_are_meat_by_their_group_or_cpv(groups: tuple[str, ...], cpv: str, kind: Meat | None) -> None:
    assert meat_kind(groups=groups, cpv=cpv) is kind


@pytest.mark.parametrize(
    ("food", "kind"),
    [("beef_mince", Meat.BEEF), ("lamb_bone", Meat.SHEEP), ("hen", Meat.POULTRY), ("potato", None)],
)
def test_what_is_no_product_is_meat_by_its_food(food: str, kind: Meat | None) -> None:
    assert meat_kind(food=food) is kind


@pytest.mark.parametrize(
    ("supplies", "lots"),
    [
        ([came("p", 1, lot="a"), came("p", 14, lot="b"), came("p", 15, lot="c")], ["a", "b"]),
        ([came("p", 30, lot="a"), came("p", 31, lot="b")], ["a"]),  # nothing of the fortnight: the newest
        (
            [came("p", -1, lot="a"), came("p", 0, lot="b")],
            ["b"],
        ),  # what comes after the day is not in the dish
        ([came("p", 0, lot="", told=Told.ORDERED), came("p", 3, lot="b")], ["", "b"]),
        ([came("p", -1, told=Told.ORDERED), Supply("p", Told.OFFERED, lot="o")], ["o"]),
        ([came("p", 1, lot="a"), Supply("p", Told.OFFERED, lot="o")], ["a"]),
        ([], []),
    ],
)
def test_what_may_be_in_the_dish_tells(supplies: list[Supply], lots: list[str]) -> None:
    assert timedelta(days=14) == KEPT
    assert [each.lot for each in telling(supplies, on=DAY)] == lots


def test_a_dish_is_declared_by_what_came() -> None:
    told = declared(
        ["pork", "flour", "flour"],
        [
            came("pork", 2, "milk", country="SE", may_contain=frozenset({"soy", "gluten"})),
            came("flour", 9, "gluten", country="DK"),
            came("fish", 1, "fish"),
        ],
        meat_of=PORK,
        on=DAY,
    )
    assert told.contains == {"milk", "gluten"}
    assert told.may_contain == {"soy"}
    assert told.meat == {Meat.PORK: ("SE",)}
    assert (told.meat_not_known, told.not_known, told.promised) == ((), (), ())
    assert set(told.supplies) == {"pork", "flour"}


def test_several_lots_of_one_kind_are_all_told_and_one_without_a_country_is_said() -> None:
    lots = [came("pork", 1, country="DK"), came("pork", 2, country="SE"), came("pork", 3)]
    told = declared(["pork"], lots, meat_of=PORK, on=DAY)
    assert told.meat == {Meat.PORK: ("DK", "SE")}
    assert told.meat_not_known == (Meat.PORK,)


def test_what_nobody_told_is_not_known_and_never_free_from() -> None:
    untold = Supply("cream", Told.DELIVERED, DAY)
    told = declared(["pork", "salt", "cream"], [untold], meat_of=PORK, on=DAY)
    assert told.not_known == ("cream", "pork", "salt")
    assert told.meat == {Meat.PORK: ()}
    assert told.meat_not_known == (Meat.PORK,)
    assert not told.contains


@pytest.mark.parametrize("how", [Told.ORDERED, Told.OFFERED])
def test_where_nothing_has_come_the_promise_tells_and_it_is_said(how: Told) -> None:
    promise = Supply(
        "pork",
        how,
        DAY if how is Told.ORDERED else None,
        contains=frozenset({"milk"}),
        country="SE",
    )
    told = declared(["pork"], [promise], meat_of=PORK, on=DAY)
    assert told.promised == ("pork",)
    assert told.meat == {Meat.PORK: ("SE",)}
    assert told.contains == {"milk"}
