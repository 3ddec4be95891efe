"""A farm's own pack of a product."""

from decimal import Decimal

from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, acting
from market.models import Pack, Product
from market.rules.packs import Container, faults_of_pack, pack_words


def add_pack(
    *,
    product: Product,
    container: str,
    base_per_pack: Decimal,
    tolerance: Decimal | None = None,
    by: Actor,
) -> Pack:
    """A pack of so many base units; ``tolerance`` (0.1 is 10 %) makes it catch weight of about that weight.

    A pack of that name that is there already is given back as it is. Raises InvalidInput, also for a pack of that name
    with another tolerance: two farms would mean two things by one name.
    """
    faults = {
        name: [_PACK_FAULTS[name]()]
        for name in faults_of_pack(base_per_pack=base_per_pack, unit=product.base_unit, tolerance=tolerance)
    }
    if container not in set(Container):
        faults["container"] = [_("Välj ur listan.")]
    if faults:
        raise InvalidInput(fields=faults)
    words = pack_words(
        container=Container(container),
        base_per_pack=base_per_pack,
        unit=product.base_unit,
        catch_weight=tolerance is not None,
    )
    with acting(by):
        pack, _fresh = Pack.objects.get_or_create(
            product=product,
            name_sv=words.sv,
            defaults={
                "name_en": words.en,
                "base_per_pack": base_per_pack,
                "is_catch_weight": tolerance is not None,
                "upper_tolerance": tolerance or Decimal(0),
            },
        )
    if tolerance is not None and pack.upper_tolerance != tolerance:
        known = f"{pack.upper_tolerance * 100:f}".rstrip("0").rstrip(".")
        told = _("Förpackningen finns redan, med %(known)s procents tolerans.") % {"known": known}
        raise InvalidInput(fields={"tolerance": [told]})
    return pack


_PACK_FAULTS = {
    "base_per_pack": lambda: _("Skriv hur mycket förpackningen rymmer: mer än noll, styck i hela tal."),
    "tolerance": lambda: _("Toleransen är högst 50 procent, och bara för varor som vägs."),
}
