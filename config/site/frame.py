"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "nav": [], "signed_in": request.user.is_authenticated}
