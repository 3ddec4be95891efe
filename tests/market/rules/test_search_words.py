"""Searching food names as Swedes type them. The table is the language's, not the register's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.rules.search_words import (
    Likeness,
    SoughtWord,
    Vocabulary,
    as_one,
    bare,
    base_form,
    best_of,
    is_near,
    likeness,
    one_letter_off,
    search_text,
    sought_words,
    words_of,
)

SAME_WORD = [
    "morot morötter morötterna moroten",
    "rotfrukt rotfrukter rotfrukterna",
    "kålrot kålrötter kålroten",
    "potatis potatisar potatisen potatisarna",
    "tomat tomater tomaten tomaterna",
    "gurka gurkor gurkan gurkorna",
    "rödbeta rödbetor rödbetan",
    "palsternacka palsternackor palsternackorna",
    "jordärtskocka jordärtskockor",
    "lök lökar löken lökarna",
    "purjolök purjolökar",
    "vitkål vitkålen",
    "sallad sallader salladen",
    "böna bönor bönorna",
    "ärta ärtor ärter ärt",
    "lins linser linserna",
    "svamp svampar",
    "champinjon champinjoner",
    "pumpa pumpor",
    "äpple äpplen äpplena",
    "päron päronen",
    "plommon plommonen",
    "jordgubbe jordgubbar jordgubbarna",
    "hallon hallonen",
    "vinbär vinbären",
    "apelsin apelsiner",
    "banan bananer bananen bananerna",
    "nöt nötter nötterna",
    "mandel mandlar",
    "dadel dadlar",
    "gås gäss gässen",
    "and änder",
    "ägg äggen",
    "kyckling kycklingar kycklingen",
    "korv korvar korven",
    "kotlett kotletter",
    "köttbulle köttbullar",
    "fläskfilé fläskfiléer",
    "kött köttet",
    "lamm lammet",
    "fisk fiskar",
    "sill sillar sillen",
    "räka räkor",
    "ost ostar osten",
    "mjölk mjölken",
    "smör smöret",
    "grädde grädden",
    "bröd bröden brödet",
    "bulle bullar",
    "socker sockret",
    "vatten vattnet",
    "mjöl mjölet",
    "olja oljor oljan",
    "ekologisk ekologiska ekologiskt",
    "färsk färska",
    "carrot carrots",
    "tomato tomatoes",
    "berry berries",
    "apple apples",
]


@pytest.mark.parametrize("forms", SAME_WORD, ids=lambda forms: forms.split()[0])
def test_the_forms_of_a_word_come_down_to_one(forms: str) -> None:
    assert len({base_form(form) for form in forms.split()}) == 1


APART = [
    ("ris", "gris"),
    ("får", "färs"),
    ("kål", "kalv"),
    ("lök", "lax"),
    ("majs", "maj"),
    ("ost", "oxe"),
    ("potatis", "pumpa"),
    ("ärta", "artist"),
    ("mjöl", "mjölk"),
    ("nöt", "napp"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert base_form(one) != base_form(other)


def answers(sought: str, *names: str) -> list[str]:
    """The names of which every sought word has an answer, the best first."""
    texts = {name: search_text([name]).split() for name in names}
    vocabulary = Vocabulary({word for words in texts.values() for word in words})
    levels = dict.fromkeys(names, 0)
    for word in sought_words(sought):
        found = best_of(word, vocabulary)
        levels = {
            name: level + best
            for name, level in levels.items()
            if (best := max((found.get(each, 0) for each in texts[name]), default=0))
        }
    return sorted(levels, key=lambda name: -levels[name])


FOUND = [
    ("morot", "Morötter, tvättade"),
    ("morötter", "Morot"),
    ("morotter", "Morot"),
    ("morrot", "Morot"),
    ("mrot", "Morot"),
    ("omrot", "Morot"),
    ("moröter", "Morot"),
    ("tomat", "Körsbärstomater"),
    ("tomater", "Tomat, kvist"),
    ("tomatr", "Tomater"),
    ("kvisttomat", "Kvist tomater"),
    ("potats", "Potatis, fast"),
    ("pottatis", "Potatis, mjölig"),
    ("potatis", "Delikatesspotatis"),
    ("palsternaka", "Palsternacka"),
    ("palsternackor", "Palsternacka"),
    ("lök", "Gul lök"),
    ("lok", "Purjolök"),
    ("gullök", "Gul lök"),
    ("kål", "Vitkål"),
    ("rotter", "Rot, persilje"),
    ("brocoli", "Broccoli, fryst"),
    ("zuccini", "Zucchini"),
    ("appel", "Äpple"),
    ("äpplen", "Äpple"),
    ("agg", "Ägg från frigående höns"),
    ("ägg", "Vaktelägg"),
    ("bär", "Svarta vinbär"),
    ("blabar", "Blåbär"),
    ("nötfärs", "Nötfärs"),
    ("notfars", "Nötfärs"),
    ("färs", "Blandfärs"),
    ("kött", "Nötkött, grytbitar"),
    ("koet", "Kött"),
    ("kyckling", "Kycklingfilé"),
    ("kyklingfile", "Kycklingfilé"),
    ("mjolk", "Mjölk, 3 %"),
    ("gradde", "Grädde"),
    ("creme", "Crème fraiche"),
    ("mor", "Morot"),
    ("carrots", "Carrot"),
    ("potato", "Potatoes, firm"),
    ("yellow peas", "Yellow peas, dry"),
    ("gula ärtor", "Gula ärter, torra"),
]


@pytest.mark.parametrize(("sought", "name"), FOUND)
def test_goods_are_found(sought: str, name: str) -> None:
    assert answers(sought, name, "Xylofon") == [name]


def test_what_is_called_so_comes_first() -> None:
    assert answers("lök", "Lökring", "Purjolök", "Lök")[0] == "Lök"


def test_pork_is_not_rice() -> None:
    assert answers("ris", "Gris, halv", "Jasminris") == ["Jasminris"]


def test_cabbage_is_no_veal_where_there_is_cabbage() -> None:
    assert answers("kål", "Kalvkött", "Vitkål") == ["Vitkål"]
    assert answers("kal", "Kalvkött") == ["Kalvkött"]


def test_a_wrong_letter_is_forgiven_only_where_nothing_else_answers() -> None:
    assert answers("lax", "Lax", "Laxa", "Taxi") == ["Lax", "Laxa"]
    assert answers("lins", "Linser", "Vins") == ["Linser"]


def test_a_short_word_is_taken_at_its_word() -> None:
    assert answers("ost", "Ast") == []


def test_a_mark_is_no_part_of_a_name() -> None:
    words = sought_words("Potatis ekologiskt och KRAV")
    assert [(word.raw, word.mark) for word in words] == [
        ("potatis", None),
        ("ekologiskt", "organic"),
        ("krav", "krav"),
    ]


def test_two_words_may_mean_one() -> None:
    assert as_one(sought_words("röd lök")) == SoughtWord(raw="rodlok", base="rodlok")


def test_words_without_dots_case_or_signs() -> None:
    assert bare("Crème ØÆ Å") == "creme oa a"
    assert words_of("Äpple, 3 % & päron med ÖL") == ("apple", "3", "paron", "ol")


def test_what_is_stored_of_names() -> None:
    assert search_text(["Gul lök", "Yellow onions", "lök"]) == (
        "gul lok gullok yellow onions onion yellowonions yellowonion"
    )


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("morot", "mokot", True),
        ("morot", "moro", True),
        ("morot", "morott", True),
        ("morot", "omrot", True),
        ("morot", "morot", False),
        ("morot", "motor", False),
        ("morot", "mot", False),
        ("", "a", True),
    ],
)
def test_one_letter(one: str, other: str, near: bool) -> None:
    assert one_letter_off(one, other) is near
    assert one_letter_off(other, one) is near


def test_how_like() -> None:
    sought = sought_words("lökar")[0]
    assert likeness(sought, "lokar") is Likeness.SAME
    assert likeness(sought, "lok") is Likeness.SAME_BASE
    assert likeness(sought, "rodlok") is Likeness.HEAD
    assert likeness(sought, "lokring") is Likeness.BEGINS
    assert likeness(sought, "olok") is Likeness.NONE


@given(st.text(max_size=40))
def test_any_text_has_words_and_a_base_form_that_is_its_own(text: str) -> None:
    for word in words_of(text):
        once = base_form(word)
        assert once
        assert len(once) <= len(word) + 1
    assert bare(bare(text)) == bare(text)


@given(st.text(alphabet="abcdeåäö", max_size=6), st.text(alphabet="abcdeåäö", max_size=6))
def test_to_be_one_letter_off_goes_both_ways(one: str, other: str) -> None:
    assert one_letter_off(one, other) is one_letter_off(other, one)


WORDS = st.text(alphabet="abcö", min_size=1, max_size=7).map(bare)


@given(WORDS, st.lists(WORDS, max_size=30, unique=True))
def test_a_vocabulary_finds_what_asking_each_word_finds(text: str, stored: list[str]) -> None:
    sought = sought_words(text)[0]
    like = {word for word in stored if likeness(sought, word)}
    near = {word for word in stored if is_near(sought, word)}
    found = best_of(sought, Vocabulary(stored))
    if len(sought.raw) > 3:
        assert set(found) == (like or near)
    assert set(found) <= (like or near)


@given(st.text(alphabet="abcde", min_size=4, max_size=9), st.data())
def test_a_wrong_letter_is_forgiven_wherever_it_stands(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:at] + "x" + word[at:],
                word[:at] + "x" + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    sought = SoughtWord(raw=word, base=word)
    if is_near(sought, wrong) and not likeness(sought, wrong):
        assert wrong in best_of(sought, Vocabulary(["other", wrong]))
