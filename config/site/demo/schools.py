"""A municipality of real schools' names and sizes, with invented farms, hubs and agreements around it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from config.site.demo.goods import BY_NEED
from config.site.demo.plans import AgreementPlan, AuthorityPlan, FarmPlan, HubPlan, KitchenPlan, LotPlan, Plan
from config.site.demo.vingaker import NEEDS

KITCHENS = 50
FARMS = 30
NEEDED_COLUMNS = frozenset({"school_unit_code", "name", "pupils_approx", "pupils_period"})

# Farms take turns: how often each kind of goods comes round is about how often such a farm is met.
TURNS = ("roots", "greens", "meat", "roots", "eggs", "greens", "dry", "dairy", "roots", "fruit")
BEGINNINGS = (
    "Dröm",
    "Sago",
    "Fabel",
    "Moln",
    "Hittpå",
    "Låtsas",
    "Regnbågs",
    "Månskens",
    "Trolltyge",
    "Sjumila",
)
ENDINGS = ("ängens gård AB", "backens lantbruk AB", "lunda gård AB")
FIRST_NAMES = ("Asta", "Bo", "Clara", "Dan", "Eva", "Folke", "Greta", "Hugo", "Iris", "Jonas")
LAST_NAMES = ("Påhitt", "Låtsas", "Fabel")

YEARLY_SEK = Decimal(60_000)  # invented: what a kitchen's need costs a year, so that no ceiling ends the demo


class SchoolFileError(Exception):
    """The file is not there or is another. Its text is for the person who named it."""


def read_schools(path: Path) -> list[KitchenPlan]:
    """Fifty schools with pupil numbers, spread evenly over the file by school code. Raises SchoolFileError."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            if not set(rows.fieldnames or ()) >= NEEDED_COLUMNS:
                raise SchoolFileError(
                    f"{path} är inte skolfilen: kolumnerna {_listed(NEEDED_COLUMNS)} saknas."
                )
            found = [row for row in rows if row["pupils_approx"].isdigit() and row["name"].strip()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SchoolFileError(f"{path} går inte att läsa som skolfil: {error}.") from error
    if len(found) < KITCHENS:
        raise SchoolFileError(f"{path} har bara {len(found)} skolor med elevantal; det behövs {KITCHENS}.")
    return _fifty_of(found)


def _fifty_of(rows: Iterable[dict[str, str]]) -> list[KitchenPlan]:
    by_name = {row["name"].strip(): row for row in sorted(rows, key=lambda row: row["school_unit_code"])}
    units = sorted(by_name.values(), key=lambda row: row["school_unit_code"])
    step = len(units) // KITCHENS
    return [
        KitchenPlan(
            name=row["name"].strip(),
            kind="production",
            pupils=int(row["pupils_approx"]),
            hub=number % 2,
            manager=f"{FIRST_NAMES[number % 10]} Gryta {number + 1}",
            staff=f"{FIRST_NAMES[(number + 5) % 10]} Slev {number + 1}",
        )
        for number, row in enumerate(units[: step * KITCHENS : step])
    ]


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(sorted(columns))


def school_plan(kitchens: Sequence[KitchenPlan]) -> Plan:
    """The municipality of these kitchens with thirty farms, two hubs and an agreement of every kind."""
    farms = tuple(_farm(number) for number in range(FARMS))
    authority = AuthorityPlan(
        name="Påhittade skolkommunen",
        code="SKO",
        head="212099002",
        domain="skolkommunen.example",
        kitchens=tuple(kitchens),
        officer="Sigrid Avtal",
        auditor="Torsten Granskare",
    )
    return Plan(
        authority=authority,
        hubs=(
            HubPlan("Norra skolnavet", "24", "Påhittsvägen 2"),
            HubPlan("Södra skolnavet", "35", "Sagogatan 8"),
        ),
        hub_workers=("Wendela Pall", "Xaver Truck"),
        farms=farms,
        agreements=_agreements(farms, kitchens=len(kitchens)),
        needs=NEEDS,
    )


def _farm(number: int) -> FarmPlan:
    need = TURNS[number % len(TURNS)]
    plan = FarmPlan(
        name=BEGINNINGS[number % 10] + ENDINGS[number // 10],
        legal_form="company",
        head=f"559902{number:03d}",
        place=BEGINNINGS[number % 10] + "bygden",
        person=f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number // 10]}",
        needs=(need,),
        lead_working_days=3 if need == "meat" else 2,
    )
    return replace(plan, labels=("organic",)) if number % 3 == 0 else plan


def _agreements(farms: Sequence[FarmPlan], *, kitchens: int) -> tuple[AgreementPlan, ...]:
    """One framework in which each farm is the first of some goods; the first fruit lot by a direct award."""
    sellers = {need: tuple(n for n, farm in enumerate(farms) if need in farm.needs) for need in NEEDS}
    fruit, *other_fruit = _lots("fruit", sellers["fruit"], kitchens=kitchens)
    lots = [lot for need in NEEDS if need != "fruit" for lot in _lots(need, sellers[need], kitchens=kitchens)]
    return (
        AgreementPlan(
            "Ramavtal livsmedel från gårdar", "framework", "directive", "SK 2025/1", (*lots, *other_fruit)
        ),
        AgreementPlan(
            "Direktupphandling frukt, bär och honung",
            "direct_award",
            "direct_award",
            "SK 2026/2",
            (replace(fruit, farms=sellers["fruit"][:1], ceiling_sek=Decimal(600_000)),),
            reason="Tre odlare tillfrågades, en kunde leverera hela året.",
        ),
    )


def _lots(need: str, farms: Sequence[int], *, kitchens: int) -> list[LotPlan]:
    """As many lots as there are farms, or kinds of goods if they are fewer; each ranks another farm first."""
    parts = min(len(farms), len(BY_NEED[need]))
    return [
        LotPlan(
            f"{NEEDS[need]}, del {part + 1}",
            need=need,
            farms=(*farms[part:], *farms[:part]),
            ceiling_sek=YEARLY_SEK * kitchens,
            part=(part, parts),
        )
        for part in range(parts)
    ]
