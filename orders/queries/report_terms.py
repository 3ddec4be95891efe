"""What an authority has laid down for its reports, newest first."""

from market.models import Authority
from orders.models import LocalDefinition, ReportGoal


def local_definitions(authority: Authority) -> list[LocalDefinition]:
    rows = LocalDefinition.objects.filter(authority=authority).select_related("entered_by")
    return list(rows.order_by("-valid_from"))


def report_goals(authority: Authority) -> list[ReportGoal]:
    rows = ReportGoal.objects.filter(authority=authority).select_related("entered_by")
    return list(rows.order_by("measure", "-valid_from"))
