"""Swedes sort å, ä, ö after z."""

import random

import pytest

from config.ground.models import User
from config.ground.sorting import in_swedish, swedish_key
from config.ground.trail import Actor, acting

ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


def test_the_alphabet_is_in_its_own_order_in_both_cases() -> None:
    shuffled = random.Random(7).sample(ALPHABET, len(ALPHABET))
    assert "".join(sorted(shuffled, key=swedish_key)) == ALPHABET
    assert "".join(sorted((s.upper() for s in shuffled), key=swedish_key)) == ALPHABET.upper()


def test_farms_are_in_the_order_of_a_register() -> None:
    farms = [
        "Alma gård",
        "Andersson",
        "Waldes",
        "Ymers",
        "Zetas",
        "Åby",
        "Ås",
        "Ängs",
        "Ärtan",
        "Öberg",
        "Östgöta",
    ]
    assert sorted(random.Random(7).sample(farms, len(farms)), key=swedish_key) == farms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Idé", "ide"),
        (" Åby ", "åby"),
        ("A\u030aby", "Åby"),
        ("Ærø", "ärö"),
        ("Müller", "muller"),
        ("STRASSE", "straße"),
    ],
)
def test_what_sorts_as_the_same(one: str, other: str) -> None:
    assert swedish_key(one) == swedish_key(other)


@pytest.mark.parametrize(
    ("first", "then"), [("oz", "å"), ("zz", "å"), ("åz", "ä"), ("äz", "ö"), ("a b", "ab")]
)
def test_what_comes_before(first: str, then: str) -> None:
    assert swedish_key(first) < swedish_key(then)


@pytest.mark.django_db
def test_the_database_orders_by_the_same_key() -> None:
    names = [
        "Öst",
        "ärt",
        "Ål",
        "Érik",
        "erik",
        "Zoë",
        "Müsli",
        "Mörk",
        "à la",
        "Ñandu",
        "BÖNA",
        "bona",
        "Æble",
    ]
    with acting(Actor.job("tests")):
        User.objects.bulk_create(User(name=name) for name in names)
    told = User.objects.filter(name__in=names).order_by(in_swedish("name")).values_list("name", flat=True)
    assert [swedish_key(name) for name in told] == sorted(map(swedish_key, names))
