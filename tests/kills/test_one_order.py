"""The small case of every run: a process is killed while it places, and the same key places afterwards."""

import json
import os
import signal
import subprocess
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from deploy.local.places import ROOT, VENV_PYTHON
from market.models import StockPool
from orders.models import CallOff, Order
from orders.queries.balances import unproven_balances
from tests.factories.world import make_world
from tests.kills.one_order import place
from tests.kills.points import POINTS, WRITTEN, Point, Trigger


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_every_point_is_a_call_in_the_product(point: Point) -> None:
    assert callable(getattr(import_module(point.module), point.seam))


def here() -> str:
    """The address of this test's own database."""
    told = connection.settings_dict
    return f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(told['HOST'], safe='')}"


@pytest.mark.race
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_before_commit_nothing_is_there_and_the_same_key_then_places_once(tmp_path: Path) -> None:
    world = make_world()
    told = {
        "kitchen": world.kitchen.pk,
        "day": str(world.delivery_date),
        "product": world.product.pk,
        "now": world.now.isoformat(),
        "manager": world.manager.pk,
    }
    trigger = Trigger(tmp_path / "trigger")
    trigger.set(WRITTEN, call=1, victim=None)
    command = [str(VENV_PYTHON), "-m", "tests.kills.one_order", json.dumps(told)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"DATABASE_URL": here(), "BYGDEMAT_KILLS": str(trigger.path)}
    killed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    assert (killed.returncode, trigger.is_drawn) == (-signal.SIGKILL, True), killed.stderr.decode()
    assert not CallOff.objects.exists()
    assert StockPool.objects.get().reserved == 0
    assert place(told) == place(told)
    assert Order.objects.count() == 1
    assert unproven_balances() == []
