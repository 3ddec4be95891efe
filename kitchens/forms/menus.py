"""A menu day, and how weeks roll on."""

from collections.abc import Sequence
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy

from config.ground.fields import DayField, WholeField
from kitchens.actions.menus import MOST_PORTIONS, DishPlan
from kitchens.models import DishRole, MenuDay


class MenuDayForm(forms.Form):
    """The day's dishes by the newest version of their recipe. ``versions`` are (id, name)."""

    standard = forms.ChoiceField(label=gettext_lazy("Dagens vanliga rätt"), required=False)
    standard_portions = WholeField(
        label=gettext_lazy("Portioner"), min_value=0, max_value=MOST_PORTIONS, required=False
    )
    payback = forms.ChoiceField(label=gettext_lazy("Paybackrätten"), required=False)
    payback_portions = WholeField(
        label=gettext_lazy("Portioner av paybackrätten"), min_value=0, max_value=MOST_PORTIONS, required=False
    )

    def __init__(
        self,
        data: object = None,
        *,
        versions: Sequence[tuple[int, str]],
        menu_day: MenuDay | None,
        eaters: int,
    ) -> None:
        initial: dict[str, object] = {"standard_portions": eaters, "payback_portions": 0}
        for dish in menu_day.dishes.all() if menu_day else ():
            initial |= {dish.role: dish.recipe_version_id, f"{dish.role}_portions": dish.portions}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        for role in DishRole.values:
            self.fields[role].choices = [("", "–"), *versions]  # type: ignore[attr-defined]

    @property
    def so_far(self) -> list[DishPlan]:
        """What can be read already; portions that can't are none."""
        self.is_valid()
        return self.dishes

    @property
    def dishes(self) -> list[DishPlan]:
        given = self.cleaned_data
        return [
            DishPlan(role, int(given[role]), given.get(f"{role}_portions") or 0)
            for role in DishRole.values
            if given.get(role)
        ]


class RollForm(forms.Form):
    """Lay so many weeks anew."""

    weeks = WholeField(label=gettext_lazy("Antal veckor"), min_value=1, max_value=10)
    target = DayField(label=gettext_lazy("Från och med måndagen"))

    @classmethod
    def after(cls, monday: date) -> "RollForm":
        return cls(initial={"weeks": 2, "target": monday + timedelta(weeks=2)})
