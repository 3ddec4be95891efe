"""Questions to reports, and reports that were published."""

from dataclasses import replace
from datetime import timedelta

from orders.actions.publishing_reports import publish_report
from orders.models import PublishedReport
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import REPORTS
from orders.rules.periods import month_of, year_of
from tests.factories.world import World


def asked_of(world: World, slug: str, **more: object) -> Asked:
    """What a report is asked unasked, of the delivery's year."""
    sort = REPORTS[slug]
    asked = Asked(
        authority=world.authority,
        period=year_of(world.delivery_date),
        today=world.today,
        basis=sort.bases[0] if sort.bases else "",
        by=sort.bys[0] if sort.bys else "",
    )
    return replace(asked, **more)  # type: ignore[arg-type]


def report_published(
    world: World, *, slug: str = "inkop", basis: str = "delivered", reason: str = ""
) -> PublishedReport:
    """A month's report as it was told the day after."""
    month = month_of(world.delivery_date)
    return publish_report(
        asked=asked_of(world, slug, basis=basis, period=month, today=month.last + timedelta(days=1)),
        sort=REPORTS[slug],
        reason=reason,
        by=world.by_officer,
    )
