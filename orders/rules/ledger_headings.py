"""Which column of a ledger is what, by its heading: a guess that the officer sees and changes."""

from collections.abc import Sequence

WORDS: dict[str, tuple[str, ...]] = {
    "buyer": ("enhet", "köpare", "kund", "ansvar", "förvaltning", "verksamhet", "buyer"),
    "supplier_number": ("organisationsnummer", "organisationsnr", "orgnr", "org.nr", "org nr"),
    "supplier_name": ("leverantörsnamn", "leverantör", "säljare", "supplier"),
    "invoice_number": ("fakturanummer", "fakturanr", "faktura", "verifikat", "invoice"),
    "period": ("bokföringsdatum", "fakturadatum", "leveransdatum", "datum", "period", "date"),
    "category": ("konto", "varugrupp", "kategori", "account"),
    "product_text": ("artikelbenämning", "benämning", "artikel", "vara", "text", "product"),
    "amount": ("nettobelopp", "belopp", "summa", "amount"),
    "quantity": ("antal", "kvantitet", "mängd", "quantity"),
    "weight": ("vikt", "kg", "kilo", "weight"),
    "marks": ("märkning", "märke", "ekologisk", "krav", "marks"),
}


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading; each heading is given away once, a whole word before a part of one."""
    left = [heading for heading in headings if heading.strip()]
    guessed: dict[str, str] = {}
    for whole in (True, False):
        for field, words in WORDS.items():
            if field in guessed:
                continue
            found = next(
                (heading for word in words for heading in left if _fits(heading, word, whole=whole)), None
            )
            if found is not None:
                guessed[field] = found
                left.remove(found)
    return guessed


def _fits(heading: str, word: str, *, whole: bool) -> bool:
    folded = " ".join(heading.casefold().split())
    return folded == word if whole else folded.startswith(word)


def reads_all(columns: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a saved mapping's columns all stand in this file."""
    there = {" ".join(heading.casefold().split()) for heading in headings}
    return all(" ".join(column.casefold().split()) in there for column in columns)
