"""The product register as people search it."""

from market.models import Product
from market.rules.search_words import Likeness, as_one, best_of, sought_words


def product_names() -> list[str]:
    """The names in the register, in Swedish order."""
    return list(Product.objects.order_by("sort_key").values_list("name_sv", flat=True))


def products_meant(text: str) -> list[Product]:
    """The products that answer best to a text: one by its whole name, else all that are as good. One statement."""
    words = sought_words(text)
    if not words:
        return []
    products = list(Product.objects.order_by("sort_key"))
    named = [product for product in products if product.name_sv.casefold() == text.strip().casefold()]
    if named:
        return named
    stored = {product.pk: set(product.search_words.split()) for product in products}
    vocabulary = set().union(*stored.values()) if stored else set()
    for tried in (words, (as_one(words),)):
        answers = [best_of(word, vocabulary) for word in tried]
        levels: dict[int, int] = {}
        for product in products:
            each = [
                max((found.get(word, Likeness.NONE) for word in stored[product.pk]), default=Likeness.NONE)
                for found in answers
            ]
            if all(each):
                levels[product.pk] = sum(each)
        if levels:
            best = max(levels.values())
            return [product for product in products if levels.get(product.pk) == best]
    return []
