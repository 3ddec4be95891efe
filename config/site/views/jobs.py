"""The jobs page: what ran, what is late, what went wrong, and one button to try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from config.ground.doors import actor_of
from config.ground.jobs import all_jobs, retry_job
from config.ground.queries import jobs_overview
from config.site.access import check_may_retry_jobs, check_may_see_jobs


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """``/jobb/``: for the platform's administrators and for officers. Raises NotFound for all others."""
    check_may_see_jobs(request.user)
    language = get_language() or "sv"
    rows = [
        {"status": status, "title": status.job.title(language)} for status in jobs_overview(timezone.now())
    ]
    told = {"rows": rows, "may_retry": getattr(request.user, "is_platform_admin", False)}
    return render(request, "jobs.html", told)


@require_POST
def retry(request: HttpRequest, name: str) -> HttpResponse:
    """``/jobb/<name>/kor/``: queue one run. For the platform's administrators."""
    check_may_retry_jobs(request.user)
    retry_job(name=name, by=actor_of(request))
    title = next(job.title(get_language() or "sv") for job in all_jobs() if job.name == name)
    messages.success(request, gettext("Jobbet är ställt i kö: %(job)s.") % {"job": title})
    return redirect("jobs")
