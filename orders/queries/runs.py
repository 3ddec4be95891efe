"""Supplier runs that wait for their closing."""

from datetime import datetime

from market.models import SupplierRun


def due_runs(now: datetime) -> list[int]:
    """Open runs whose cut-off has passed, the earliest first."""
    due = SupplierRun.objects.filter(state=SupplierRun.State.OPEN, cut_off__lt=now)
    return list(due.order_by("cut_off", "id").values_list("id", flat=True))
