"""Rounds that brought goods from a hub to kitchens, as somebody measured them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.ground.models import User
from kitchens.models import Kitchen
from market.models import Authority, Hub

MEASURED = Q(driven_km__isnull=False, kg_per_vehicle_km__isnull=False)
BY_TONNE = Q(km__isnull=False, kg_per_tonne_km__isnull=False)


class DrivenRound(models.Model):
    """A vehicle's way from a hub to an authority's kitchens on a delivery day, and what a kilometre of it emits.

    By measured km (``driven_km``, there and back, × ``kg_per_vehicle_km``), or by tonne-km (``km`` that the load is carried ×
    ``kg_per_tonne_km``); kg CO2e per km and per tonne-km. ``load_kg`` is all that the vehicle carried, None where it carried
    these kitchens' goods alone. Told again under the same name a round takes the old one's place, which is kept.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="driven_rounds")
    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="driven_rounds")
    delivery_date = models.DateField()
    name = models.CharField(max_length=80)
    driven_km = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    kg_per_vehicle_km = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    km = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    kg_per_tonne_km = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    load_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    source = models.CharField(max_length=200, help_text="where the figure per km comes from")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "hub", "delivery_date", "name"],
                name="round_once",
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(
                name="a_round_has_one_of_two_methods",
                condition=Q(
                    MEASURED, driven_km__gte=0, kg_per_vehicle_km__gte=0, km=None, kg_per_tonne_km=None
                )
                | Q(BY_TONNE, km__gte=0, kg_per_tonne_km__gte=0, driven_km=None, kg_per_vehicle_km=None),
            ),
            models.CheckConstraint(
                name="a_load_weighs_something", condition=Q(load_kg=None) | Q(load_kg__gt=0)
            ),
            models.CheckConstraint(name="a_round_has_its_source", condition=~Q(source="") & ~Q(name="")),
        ]
        indexes = [models.Index(fields=["authority", "delivery_date"], name="rounds_by_authority")]

    def __str__(self) -> str:
        return f"{self.hub} {self.delivery_date} {self.name}"


class DrivenStop(models.Model):
    """A kitchen that a round brought its goods to. A kitchen's day is of one standing round, so no kg is carried twice."""

    driven_round = models.ForeignKey(DrivenRound, on_delete=models.PROTECT, related_name="stops")
    kitchen = models.ForeignKey(Kitchen, on_delete=models.PROTECT, related_name="+")
    delivery_date = models.DateField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kitchen", "delivery_date"], name="one_round_a_day", condition=Q(retired_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.driven_round} {self.kitchen}"
