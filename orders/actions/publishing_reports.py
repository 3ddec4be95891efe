"""Publishing a report: kept as it was told, corrected only by a new version with its reason."""

from config.ground.trail import Actor, acting
from orders.interchange.report_files import as_json
from orders.models import PublishedReport
from orders.queries.published import is_open
from orders.queries.published_reports import digest_of, question_of, standing_version
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import ReportSort
from orders.refusals import CorrectionNeedsReason, NothingNewToPublish, PeriodNotOver


def publish_report(*, asked: Asked, sort: ReportSort, reason: str = "", by: Actor) -> PublishedReport:
    """Publish the report of a period that is over, as a first version or as a correction of the standing one.

    Raises PeriodNotOver; CorrectionNeedsReason, and NothingNewToPublish where the figures are the same.
    """
    period = asked.period
    if period.last >= asked.today or is_open(asked.authority, first=period.first, last=period.last):
        raise PeriodNotOver(last=period.last.isoformat())
    question = question_of(asked, sort)
    with acting(by):
        told = as_json(sort.make(asked))
        digest = digest_of(told)
        before = standing_version(asked.authority, slug=sort.slug, question=question)
        if before is not None and before.told_sha256 == digest:
            raise NothingNewToPublish(published=before.pk)
        if before is not None and not reason.strip():
            raise CorrectionNeedsReason
        return PublishedReport.objects.create(
            authority=asked.authority,
            slug=sort.slug,
            question=question,
            period_first=period.first,
            period_last=period.last,
            told=told,
            told_sha256=digest,
            reason=reason.strip()[:300],
            supersedes=before,
            published_by_id=by.person_id,
        )
