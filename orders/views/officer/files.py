"""The columns of the officer's files. They hold the figures of the pages, to the öre, and no personal number."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from config.ground.tables import Cell, Column
from market.queries.names import mark_name
from market.rules.climate import Footprint
from orders.models import ExternalPurchase
from orders.queries.attention import LatePaper
from orders.queries.awards import RegisteredAward
from orders.queries.call_off_rows import CallOffRow
from orders.queries.climate import ProductFootprint
from orders.queries.external import ExternalFootprint
from orders.queries.lots import AgreementSheet, PartySheet
from orders.queries.refused import RefusedRow
from orders.queries.spend import Slice


def agreement_columns() -> list[Column]:
    return [
        Column(_("Avtal")),
        Column(_("Diarienummer")),
        Column(_("Slag")),
        Column(_("Gäller från")),
        Column(_("Gäller till")),
        Column(_("Delkontrakt")),
        Column(_("Takvärde, kr")),
        Column(_("Eget bundet, kr")),
        Column(_("Kvar under taket, kr")),
        Column(_("Tak, kg"), places=3),
        Column(_("Eget bundet, kg"), places=3),
        Column(_("Kvar under taket, kg"), places=3),
        Column(_("Delas med andra myndigheter")),
    ]


def agreement_cells(agreements: Iterable[AgreementSheet]) -> Iterator[list[Cell]]:
    yes, no = _("ja"), _("nej")
    for agreement in agreements:
        for lot in agreement.lots:
            yield [
                agreement.title,
                agreement.case_number,
                agreement.kind_name,
                agreement.valid_from,
                agreement.last_day,
                lot.name,
                lot.ceiling_sek,
                lot.committed_sek,
                lot.room_sek,
                lot.ceiling_kg,
                lot.committed_kg,
                lot.room_kg,
                yes if lot.shared else no,
            ]


def award_columns() -> list[Column]:
    return [
        Column(_("Avtal")),
        Column(_("Diarienummer")),
        Column(_("Behov")),
        Column(_("Undertecknat")),
        Column(_("Undertecknat av")),
        Column(_("Leverantör")),
        Column(_("Organisationsnummer")),
        Column(_("Gäller från")),
        Column(_("Gäller till")),
        Column(_("Takvärde, kr")),
        Column(_("Behovets värde, kr")),
        Column(_("Värdet räknat på")),
        Column(_("Skäl till värdet")),
        Column(_("Liknar en uppdelning")),
        Column(_("Varorna fanns i")),
        Column(_("Gräns, kr")),
        Column(_("Lagrum")),
        Column(_("Dokumentation klar senast")),
        Column(_("Dokumentation färdig")),
    ]


def award_cells(awards: Iterable[RegisteredAward]) -> Iterator[list[Cell]]:
    yes, no = _("ja"), _("nej")
    for each in awards:
        yield [
            each.title,
            each.case_number,
            each.need,
            each.signed_on,
            each.signer,
            each.supplier,
            each.supplier_number,
            each.valid_from,
            each.valid_to,
            each.ceiling_sek,
            each.value_sek,
            each.basis,
            each.value_reason,
            yes if each.looked_split else no,
            each.covered_by,
            each.limit_sek,
            each.paragraph,
            each.due_on,
            each.closed_on,
        ]


def party_columns() -> list[Column]:
    return [
        Column(_("Rang")),
        Column(_("Leverantör")),
        Column(_("Organisationsnummer")),
        Column(_("Bundet, kr")),
        Column(_("Bundet, kg"), places=3),
    ]


def party_cells(parties: Iterable[PartySheet]) -> Iterator[list[Cell]]:
    for party in parties:
        yield [party.rank, party.name, party.number, party.committed_sek, party.committed_kg]


def row_columns() -> list[Column]:
    return [
        Column(_("Leveransdag")),
        Column(_("Avrop")),
        Column(_("Kök")),
        Column(_("Vara")),
        Column(_("Leverantör")),
        Column(_("Organisationsnummer")),
        Column(_("Förpackning")),
        Column(_("Antal")),
        Column(_("kg"), places=3),
        Column(_("Värde, kr")),
        Column(_("Bundet, kr")),
        Column(_("kg CO2e"), places=3),
        Column(_("Märkning")),
        Column(_("Läge")),
    ]


def row_cells(rows: Iterable[CallOffRow]) -> Iterator[list[Cell]]:
    for row in rows:
        call_off = row.call_off
        yield [
            call_off.delivery_date,
            call_off.pk,
            call_off.kitchen.name,
            call_off.promise["product"],
            call_off.supplier.name,
            row.supplier_number,
            call_off.promise["pack"],
            call_off.packs,
            row.kg,
            row.net_sek,
            row.bound_sek,
            row.co2e_kg,
            ", ".join(mark_name(mark) for mark in call_off.promise.get("marks", ())),
            row.state.words,
        ]


def footprint_columns() -> list[Column]:
    return [
        Column(_("Rader")),
        Column(_("Värde, kr")),
        Column(_("kg"), places=3),
        Column(_("kg CO2e"), places=3),
        Column(_("kg CO2e per kg"), places=4),
        Column(_("Täckt vikt, kg"), places=3),
        Column(_("Täckt andel av vikten"), places=4),
        Column(_("Rader utan känd vikt")),
    ]


def footprint_cells(sums: Footprint) -> list[Cell]:
    return [
        sums.lines,
        sums.net_sek_total,
        sums.kg_total,
        sums.co2e_kg,
        sums.kg_per_kg_of_covered if sums.may_compare else None,
        sums.kg_covered,
        sums.covered_share_mass,
        sums.lines_without_weight,
    ]


def spend_cells(parts: Iterable[Slice], *, whole: Footprint, with_number: bool) -> Iterator[list[Cell]]:
    for part in parts:
        yield [part.name, *([part.number] if with_number else []), *footprint_cells(part.sums)]
    yield [_("Summa"), *([""] if with_number else []), *footprint_cells(whole)]


def climate_columns() -> list[Column]:
    return [
        Column(_("Vara")),
        Column(_("Livsmedel i faktorsatsen")),
        Column(_("Faktor, kg CO2e per kg"), places=6),
        Column(_("Lägst"), places=6),
        Column(_("Högst"), places=6),
        Column(_("Klass")),
        Column(_("Källa")),
        Column(_("kg"), places=3),
        Column(_("kg CO2e"), places=3),
        Column(_("Värde, kr")),
        Column(_("Rader")),
        Column(_("Rader utan känd vikt")),
    ]


def climate_cells(rows: Iterable[ProductFootprint]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.product,
            row.food,
            row.kg_co2e_per_kg,
            row.low,
            row.high,
            row.grade,
            row.source,
            row.kg,
            row.co2e_kg,
            row.net_sek,
            row.lines,
            row.lines_without_kg,
        ]


def refused_columns() -> list[Column]:
    return [
        Column(_("Tidpunkt")),
        Column(_("Kök")),
        Column(_("Vara")),
        Column(_("Leveransdag")),
        Column(_("Begärt"), places=3),
        Column(_("Saknas"), places=3),
        Column(_("Enhet")),
        Column(_("Varför")),
        Column(_("Paragraf")),
    ]


def refused_cells(rows: Iterable[RefusedRow]) -> Iterator[list[Cell]]:
    for row in rows:
        first = row.verdicts[0] if row.verdicts else None
        yield [
            row.line.refused_at,
            row.line.kitchen.name,
            row.product,
            row.line.delivery_date,
            row.line.quantity,
            row.line.missing,
            row.unit,
            first.sentence if first else "",
            first.paragraph if first else "",
        ]


def external_columns() -> list[Column]:
    return [
        Column(_("Från")),
        Column(_("Till")),
        Column(_("Valuta")),
        Column(_("Rader")),
        Column(_("Rader utan känd vikt")),
        Column(_("Belopp")),
        Column(_("kg"), places=3),
        Column(_("Täckt vikt, kg"), places=3),
        Column(_("Täckt andel av vikten"), places=4),
        Column(_("kg CO2e"), places=3),
        Column(_("kg CO2e per kg"), places=4),
    ]


def external_cells(periods: Iterable[ExternalFootprint]) -> Iterator[list[Cell]]:
    for period in periods:
        yield [
            period.period_start,
            period.period_end,
            period.currency,
            period.lines,
            period.lines_without_kg,
            period.amount,
            period.kg,
            period.kg_covered,
            period.coverage_by_mass,
            period.co2e_kg,
            period.co2e_per_covered_kg if period.may_compare else None,
        ]


def waiting_columns() -> list[Column]:
    return [
        Column(_("Leveransdag")),
        Column(_("Inköpsorder")),
        Column(_("Leverantör")),
        Column(_("Telefon")),
        Column(_("Värde, kr")),
        Column(_("Vad")),
        Column(_("Felet")),
    ]


def waiting_cells(papers: Iterable[LatePaper]) -> Iterator[list[Cell]]:
    for paper in papers:
        yield [
            paper.delivery_date,
            paper.number,
            paper.supplier,
            paper.phone,
            paper.net_sek,
            paper.sentence,
            paper.detail,
        ]


def purchase_columns() -> list[Column]:
    return [
        Column(_("Rad")),
        Column(_("Vara")),
        Column(_("Kategori")),
        Column(_("Köpare")),
        Column(_("Leverantör")),
        Column(_("Från")),
        Column(_("Till")),
        Column(_("Fakturanummer")),
        Column(_("Märkning")),
        Column(_("Valuta")),
        Column(_("Belopp")),
        Column(_("kg"), places=4),
        Column(_("Livsmedel")),
    ]


def purchase_cells(rows: Iterable[ExternalPurchase]) -> Iterator[list[Cell]]:
    """Without the supplier's number: somebody else's ledger may hold a person's."""
    for row in rows:
        yield [
            row.row_number,
            row.product_text,
            row.category,
            row.buyer,
            row.supplier_name,
            row.period_start,
            row.period_end,
            row.invoice_number,
            row.marks,
            row.currency,
            row.amount,
            row.kg,
            row.food.name_sv if row.food else "",
        ]
