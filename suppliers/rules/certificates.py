from enum import StrEnum


class CertificateKind(StrEnum):
    ORGANIC = "organic"
    KRAV = "krav"
    MSC = "msc"
    REGISTRATION = "registration"
    APPROVAL = "approval"
    PACKING_CENTRE = "packing_centre"
