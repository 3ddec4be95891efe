"""What every page's frame needs besides the page's own matter. Asks the database nothing."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

STATIC = Path(__file__).parent / "static" / "site"


class NavItem(TypedDict):
    """One place in the header's row; `icon` names a symbol of icons.svg, `people` is where its people are."""

    url: str
    label: str
    icon: str
    current: NotRequired[bool]
    people: NotRequired[str]


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: demo flag, the visitor's places, language and the stylesheet's version.

    Who knows the visitor's role (a middleware, a view) sets ``request.nav`` to a list of `NavItem`
    and ``request.place`` to the name of whom the visitor acts for; without them both are empty.
    """
    return {
        "demo": settings.DEMO,
        "nav": getattr(request, "nav", []),
        "place": getattr(request, "place", ""),
        "language": get_language() or settings.LANGUAGE_CODE,
        "static_version": static_version(),
    }


@lru_cache(maxsize=1)
def static_version() -> str:
    """Eight hex digits that change with the stylesheet, the icons or the script."""
    digest = hashlib.sha256()
    for name in ("bygdemat.css", "icons.svg", "frame.js"):
        digest.update((STATIC / name).read_bytes())
    return digest.hexdigest()[:8]
