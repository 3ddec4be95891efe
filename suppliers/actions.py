"""Every write about those who sell: suppliers, their people, their certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.se import orgnr, personnummer

from config.ground.coordinates import Coordinates
from config.ground.files import store_file
from config.ground.models import User
from config.ground.refusals import InvalidInput
from config.ground.trail import Actor, Once, acting
from suppliers.models import Certificate, CertificateScope, FarmMember, ProductGroup, Supplier
from suppliers.refusals import CertificateExists, SupplierExists
from suppliers.rules.certificates import CertificateKind

SHELF = "certificate"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in."""

    name: str
    content: bytes


def register_supplier(
    *,
    name: str,
    legal_form: str,
    number: str,
    email: str = "",
    phone: str = "",
    address: str = "",
    place: str = "",
    language: str = "sv",
    by: Actor,
) -> Supplier:
    """A new supplier. ``number`` is its organisation number, or a sole trader's personal number.

    Raises InvalidInput with fields, SupplierExists.
    """
    sole_trader = legal_form == Supplier.LegalForm.SOLE_TRADER
    faults: dict[str, list[str]] = {}
    if not name.strip():
        faults["name"] = [_("Skriv leverantörens namn.")]
    if legal_form not in Supplier.LegalForm.values:
        faults["legal_form"] = [_("Välj en företagsform i listan.")]
    read = _personal_number(number) if sole_trader else _organisation_number(number)
    if read is None:
        faults["number"] = [_number_fault(sole_trader=sole_trader)]
    if faults:
        raise InvalidInput(fields=faults)
    supplier = Supplier(
        name=name.strip(),
        legal_form=legal_form,
        org_number=None if sole_trader else read,
        personal_number=read if sole_trader else None,
        email=email.strip(),
        phone=phone.strip(),
        address=address.strip(),
        place=place.strip(),
        language=language,
    )
    with acting(by):
        try:
            with transaction.atomic():
                supplier.save(force_insert=True)
        except IntegrityError as error:
            if "org_number" not in str(error):
                raise
            raise SupplierExists(
                number=supplier.public_number, fields={"number": [_("Numret är upptaget.")]}
            ) from None
    return supplier


def register_farm(*, user: User, once: Once | None = None, by: Actor, **business: Any) -> Supplier:
    """A farm that a person registers for herself: the supplier, and she acts for it. Raises as ``register_supplier``."""
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Supplier.objects.get(pk=act.reply)
        supplier = register_supplier(**business, by=by)
        add_member(supplier=supplier, user=user, by=by)
        act.answer(supplier.pk)
    return supplier


def locate_supplier(*, supplier: Supplier, at: Coordinates | None, by: Actor) -> None:
    """Where the farm lies, rounded (a sole trader's farm is a home); None: no longer told."""
    with acting(by):
        supplier.latitude, supplier.longitude = (
            (at.rounded.latitude, at.rounded.longitude) if at else (None, None)
        )
        supplier.save(update_fields=["latitude", "longitude"])


def _organisation_number(number: str) -> str | None:
    """Ten digits, or None. The third is at least 2: otherwise it is a person's number, which is kept elsewhere."""
    try:
        digits = str(orgnr.validate(number))
    except ValidationError:
        return None
    return digits if digits[2] >= "2" else None


def _personal_number(number: str) -> str | None:
    """Twelve digits, or None. Ten would need a clock to tell the century."""
    try:
        digits = str(personnummer.validate(number)).replace("-", "").replace("+", "")
    except ValidationError:
        return None
    return digits if len(digits) == len("YYYYMMDDNNNN") else None


def _number_fault(*, sole_trader: bool) -> str:
    if sole_trader:
        return _("Personnumret stämmer inte. Skriv det med tolv siffror: ÅÅÅÅMMDD-NNNN.")
    return _("Organisationsnumret stämmer inte. Skriv det med tio siffror: NNNNNN-NNNN.")


def add_member(*, supplier: Supplier, user: User, by: Actor) -> FarmMember:
    """``user`` may act for the supplier. Adding the same person again changes nothing."""
    with acting(by):
        return FarmMember.objects.get_or_create(supplier=supplier, user=user)[0]


def end_member(*, member: FarmMember, by: Actor) -> None:
    """The person acts for the supplier no longer. The trail keeps that she did."""
    with acting(by):
        member.delete()


def add_certificate(
    *,
    supplier: Supplier,
    kind: str,
    number: str,
    issuer: str,
    group_codes: Sequence[str],
    valid_from: date,
    valid_to: date | None = None,
    upload: "Upload | None" = None,
    once: Once | None = None,
    by: Actor,
) -> Certificate:
    """A label or permit for these product groups; ``valid_to`` is the last day.

    Raises InvalidInput, CertificateExists, FileRefused.
    """
    groups = list(ProductGroup.objects.filter(code__in=group_codes))
    faults = _certificate_faults(
        kind=kind, number=number, issuer=issuer, valid_from=valid_from, valid_to=valid_to
    )
    unknown = sorted(set(group_codes) - {group.code for group in groups})
    if unknown or not groups:
        faults["group_codes"] = [_("Välj minst en varugrupp ur listan.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by, once=once) as act:
        if act.reply is not None:
            return Certificate.objects.get(pk=act.reply)
        file = (
            store_file(name=upload.name, content=upload.content, shelf=SHELF, shelf_id=supplier.pk, by=by)
            if upload
            else None
        )
        certificate, fresh = Certificate.objects.get_or_create(
            supplier=supplier,
            kind=kind,
            number=number.strip(),
            valid_from=valid_from,
            defaults={"issuer": issuer.strip(), "valid_to": valid_to, "file": file},
        )
        if not fresh:
            raise CertificateExists(number=certificate.number, valid_from=valid_from)
        CertificateScope.objects.bulk_create(
            CertificateScope(certificate=certificate, product_group=group) for group in groups
        )
        act.answer(certificate.pk)
    return certificate


def _certificate_faults(
    *, kind: str, number: str, issuer: str, valid_from: date, valid_to: date | None
) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if kind not in set(CertificateKind):
        faults["kind"] = [_("Välj ett slag av intyg ur listan.")]
    if not number.strip():
        faults["number"] = [_("Skriv intygets nummer. Utan nummer bevisar det ingenting.")]
    if not issuer.strip():
        faults["issuer"] = [_("Skriv vem som har utfärdat intyget.")]
    if valid_to is not None and valid_to < valid_from:
        faults["valid_to"] = [_("Sista dagen ligger före den första.")]
    return faults


def end_certificate(
    *, certificate: Certificate, last_day: date, once: Once | None = None, by: Actor
) -> Certificate:
    """The certificate holds until ``last_day`` (included) and no longer. Raises InvalidInput.

    Ending it brings the end nearer, never further off: a longer time is a new certificate from its issuer.
    """
    fault = None
    if last_day < certificate.valid_from:
        fault = _("Sista dagen ligger före den första.")
    elif certificate.valid_to is not None and last_day > certificate.valid_to:
        fault = _("Intyget slutar redan tidigare. En längre tid är ett nytt intyg.")
    if fault:
        raise InvalidInput(fields={"last_day": [fault]})
    with acting(by, once=once) as act:
        if act.reply is None:
            certificate.valid_to = last_day
            certificate.save(update_fields=["valid_to"])
            act.answer(certificate.pk)
    return certificate
