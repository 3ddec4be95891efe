"""A fixed basket at later prices, by hand."""

from decimal import Decimal

from orders.rules.price_index import Bought, basket_of, laspeyres


def bought(kg: str, sek: str) -> Bought:
    return Bought(kg=Decimal(kg), sek=Decimal(sek))


BASE = {"potatoes": bought("100", "1000"), "beef": bought("10", "1500"), "dill": bought("0", "40")}


def test_the_basket_holds_what_has_quantity_and_price() -> None:
    assert set(basket_of(BASE)) == {"potatoes", "beef"}
    assert bought("5", "-10").per_kg is None


def test_the_base_month_is_a_hundred() -> None:
    index = laspeyres(basket_of(BASE), BASE)
    assert (index.value, index.priced_share, index.missing) == (Decimal(100), Decimal(1), ())


def test_base_quantities_at_new_prices() -> None:
    """Potatoes from 10 to 11 kr/kg, beef from 150 to 135: 100 x 11 + 10 x 135 = 2 450 of 2 500."""
    now = {"potatoes": bought("7", "77"), "beef": bought("200", "27000"), "cream": bought("1", "60")}
    index = laspeyres(basket_of(BASE), now)
    assert (index.then_sek, index.now_sek, index.value) == (Decimal(2500), Decimal(2450), Decimal(98))


def test_goods_without_a_price_are_left_out_of_both_sides_and_told() -> None:
    index = laspeyres(basket_of(BASE), {"potatoes": bought("1", "12")})
    assert (index.then_sek, index.now_sek, index.value) == (Decimal(1000), Decimal(1200), Decimal(120))
    assert (index.priced_share, index.missing) == (Decimal("0.4"), ("beef",))


def test_nothing_tells_nothing() -> None:
    index = laspeyres({}, {})
    assert (index.value, index.priced_share) == (None, None)
    assert laspeyres(basket_of(BASE), {}).value is None
