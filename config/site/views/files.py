"""Handing out stored files."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from config.ground.files import open_file


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file to save, never to open in the house's own page. Raises NotFound for who may not read it."""
    file = open_file(user=request.user, pk=pk)
    return HttpResponse(
        bytes(file.content),
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or "",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
