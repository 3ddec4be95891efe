"""What the suppliers' actions say no with."""

from config.ground.refusals import Refusal


class SupplierExists(Refusal):
    code = "supplier_exists"
    what = {
        "sv": "Det finns redan en leverantör med organisationsnummer {number}.",
        "en": "There already is a supplier with the organisation number {number}.",
    }
    then = {
        "sv": "Sök efter leverantören, eller kontrollera numret.",
        "en": "Search for the supplier, or check the number.",
    }


class CertificateExists(Refusal):
    code = "certificate_exists"
    what = {
        "sv": "Intyget {number} är redan registrerat från den {valid_from}.",
        "en": "The certificate {number} is already registered from {valid_from}.",
    }
    then = {
        "sv": "Ändra det som finns, eller ange det nya intygets nummer och första dag.",
        "en": "Change the one that is there, or give the new certificate's number and first day.",
    }
