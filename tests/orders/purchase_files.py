"""Invented purchase files and what they stand on: an authority and a few climate foods."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from config.ground.trail import Actor, acting
from market.models import Authority, ClimateFactor, ClimateFood, FactorSet
from orders.interchange.purchase_mapping import Mapping, mapping_from

OFFICER = Actor(name="user:1", door="test")
HEADER = "Unit,Year,Item,Group,Number,Weight,Cost,Remark"
GOOD = [
    "School,2019-2020,carrot,Vegetables,2,20,100,a",
    "School,2019-2020,carrot,Vegetables,1,10,,b",
    "School,2019-2020,pizza,Meals,3,30,300,c",
    "School,2020-2021,milk 1%,Milk,4,40,,d",
    "Ward,2019-2020,carrot,Vegetables,5,,50,e",
    "Ward,2019-2020,carrot,Vegetables,6,0,60,f",
]
BAD = "School,2019,carrot,Vegetables,2,x,100,g"


def mapping() -> Mapping:
    return mapping_from(
        {
            "columns": {
                "buyer": "Unit",
                "period": "Year",
                "product_text": "Item",
                "category": "Group",
                "quantity": "Number",
                "weight": "Weight",
                "amount": "Cost",
            },
            "currency": "USD",
        },
        name="ward_and_school",
    )


def write(folder: Path, *rows: str, name: str = "ledger.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def make_authority(code: str = "VGK", *, org_number: str = "2120000001") -> Authority:
    with acting(OFFICER):
        return Authority.objects.create(name=f"Kommunen {code}", code=code, org_number=org_number)


def make_factors(code: str, **kg_co2e_per_kg: str) -> FactorSet:
    """A set with one factor a food; the foods are made where they are missing."""
    with acting(OFFICER):
        factor_set = FactorSet.objects.create(
            code=code, name=code, version="1", source="invented", licence="-", valid_from=date(2026, 1, 1)
        )
        for key, factor in kg_co2e_per_kg.items():
            food, _ = ClimateFood.objects.get_or_create(
                key=key, defaults={"name_sv": key, "name_en": key, "category": "-"}
            )
            ClimateFactor.objects.create(
                factor_set=factor_set, food=food, kg_co2e_per_kg=Decimal(factor), grade="A", basis="invented"
            )
    return factor_set
