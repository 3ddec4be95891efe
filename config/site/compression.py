"""Pages go compressed over the wire: a farm's telephone pays for each kilobyte."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PagesCompressed(GZipMiddleware):
    """Only pages. Django lengthens each by a random number of bytes, so that its length tells nothing (BREACH).

    The API is left alone: compressing weakens an ETag, and an edit goes out from the very one that was given.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
