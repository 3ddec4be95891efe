"""Reports that were published, each as it was told, and whether the same question tells the same today."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from config.ground.refusals import NotFound
from market.models import Authority
from orders.interchange.report_files import as_json
from orders.models import PublishedReport
from orders.queries.reports.asked import Asked
from orders.queries.reports.register import ReportSort
from orders.rules.reporting import Report


def question_of(asked: Asked, sort: ReportSort) -> str:
    """The question as the address of its page tells it, always in one way."""
    by = {"by": asked.by} if sort.bys else {}
    return urlencode(sorted({**asked.question, **by}.items()))


def digest_of(told: Mapping[str, Any]) -> str:
    """SHA-256 of a told report's figures, by column, in canonical JSON; names of months and sums are left out."""
    keys = [column["key"] for column in told["columns"] if column["kind"] != "words"]
    figures = {
        "parts": [{key: part[key] for key in keys} for part in told["parts"]],
        "whole": told["whole"] and {key: told["whole"][key] for key in keys},
    }
    return hashlib.sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """The version that nothing has taken the place of, and whether today's figures are the same."""

    version: PublishedReport
    is_same: bool


def standing_of(asked: Asked, sort: ReportSort, report: Report) -> Standing | None:
    """What was published of the question; None where nothing was."""
    version = standing_version(asked.authority, slug=sort.slug, question=question_of(asked, sort))
    if version is None:
        return None
    return Standing(version=version, is_same=digest_of(as_json(report)) == version.told_sha256)


def standing_version(authority: Authority, *, slug: str, question: str) -> PublishedReport | None:
    return (
        PublishedReport.objects.filter(authority=authority, slug=slug, question=question, superseded_by=None)
        .select_related("published_by")
        .first()
    )


def published_reports(authority: Authority) -> list[PublishedReport]:
    """Newest first, each with who published it and what took its place."""
    rows = PublishedReport.objects.filter(authority=authority).defer("told")
    return list(rows.select_related("published_by", "superseded_by").order_by("-published_at", "-id"))


def published_report(authority: Authority, pk: int) -> PublishedReport:
    """Raises NotFound."""
    found = (
        PublishedReport.objects.filter(authority=authority, pk=pk)
        .select_related("published_by", "supersedes", "superseded_by")
        .first()
    )
    if found is None:
        raise NotFound
    return found
