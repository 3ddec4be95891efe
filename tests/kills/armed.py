"""The real site (``application``) and the real worker (``app``), that die at a named point when they are told to.

``gunicorn tests.kills.armed`` and ``celery --app tests.kills.armed`` stand for ``config.wsgi`` and ``config.celery``.
"""

import functools
import os
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from config.celery import app
from config.wsgi import application
from tests.kills.points import POINTS, Point, Trigger

__all__ = ["app", "application"]

LEASE = timedelta(seconds=4)  # what a letter waits for when its sender has died: five minutes in earnest


def arm(trigger: Trigger) -> None:
    for point in POINTS:
        module = import_module(point.module)
        setattr(module, point.seam, _armed(getattr(module, point.seam), point=point, trigger=trigger))


def _armed(seam: Callable[..., Any], *, point: Point, trigger: Trigger) -> Callable[..., Any]:
    @functools.wraps(seam)
    def reached(*args: Any, **named: Any) -> Any:
        if not point.after:
            trigger.come_to(point)
        said = seam(*args, **named)
        if point.after:
            trigger.come_to(point)
        return said

    return reached


import_module("config.ground.outbox").LEASE = LEASE  # type: ignore[attr-defined]
arm(Trigger(Path(os.environ["BYGDEMAT_KILLS"])))
