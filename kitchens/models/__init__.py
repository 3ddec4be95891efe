"""The kitchens' tables, by subject."""

from kitchens.models.counting import DayTold, DishCount, SurplusMeasurement, Tap, TapLink, TapMeter, WasteDay
from kitchens.models.kitchens import Basket, BasketLine, Kitchen, KitchenClosure, KitchenMember, SchoolTerm
from kitchens.models.menus import DishRole, MenuDay, MenuDish
from kitchens.models.payback import PaybackBoard, PaybackDefinition
from kitchens.models.recipes import Recipe, RecipeLine, RecipeVersion
from kitchens.models.wanting import Forecast, StandingList, StandingListLine

__all__ = [
    "Basket",
    "BasketLine",
    "DayTold",
    "DishCount",
    "DishRole",
    "Forecast",
    "Kitchen",
    "KitchenClosure",
    "KitchenMember",
    "MenuDay",
    "MenuDish",
    "PaybackBoard",
    "PaybackDefinition",
    "Recipe",
    "RecipeLine",
    "RecipeVersion",
    "SchoolTerm",
    "StandingList",
    "StandingListLine",
    "SurplusMeasurement",
    "Tap",
    "TapLink",
    "TapMeter",
    "WasteDay",
]
