"""Databases for benches: on servers set as ./start sets them (fsync on), from templates that are kept.

A template is made once for its name and the migrations at hand, and copied for each run: a country of ten
million lines is filled once and copied in seconds. The servers' folder, var/bench, survives ./start --fresh.
"""

import contextlib
import importlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from psycopg import sql

from config import environment
from deploy.local import house
from deploy.local.places import ROOT, VENV_PYTHON, made, var_dir
from deploy.local.servers import Addresses, kept

FINGERPRINT_LETTERS = 12
BUILDING = "building_"


@contextlib.contextmanager
def servers() -> Iterator[Addresses]:
    """PostgreSQL and Valkey for one run; their data stays in var/bench."""
    with kept(var_dir() / "bench") as addresses:
        yield addresses


def database(
    addresses: Addresses,
    *,
    template: str,
    fill: Callable[[str], None],
    version: str = "",
    to_write: bool = True,
) -> str:
    """The URL of a fresh database copied from a template, which `fill(url)` has filled after the migrations.

    `version` is part of the template's name beside the migrations' hash: change it with what `fill` writes. A template
    whose filling was interrupted is handed to `fill` once more, with what it has written already.
    Who only reads (`to_write` false) reads the template itself and waits for no copy.
    """
    made_from = template_name(template, version=version)
    with psycopg.connect(_url(addresses, "postgres"), autocommit=True) as connection:
        if not _exists(connection, made_from):
            _drop_older(connection, template, whole=made_from)
            _make(connection, addresses, name=made_from, fill=fill)
        if not to_write:
            return _url(addresses, made_from)
        name = f"run_{template}"
        _drop(connection, name)
        _execute(
            connection, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, made_from
        )  # copying files beats copying through the log for a large one
    return _url(addresses, name)


def template_name(template: str, *, version: str = "") -> str:
    return f"template_{template}_{house.digest(house.migration_files(), text=version)[:FINGERPRINT_LETTERS]}"


def use(url: str, *, addresses: Addresses) -> None:
    """Set up Django in this process on a database, or turn it to another one: it takes its settings once."""
    os.environ |= told(url, addresses)
    made(Path(os.environ["BYGDEMAT_VAR"]) / "static")  # the web server's files, of which a bench asks none
    importlib.import_module("config.wsgi")  # set up as the web server does it
    connections["default"].close()
    connections["default"].settings_dict.update(environment.database(url))


def manage(url: str, *words: str, addresses: Addresses) -> None:
    """Run a command of manage.py on a database."""
    command = [str(VENV_PYTHON), "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=os.environ | told(url, addresses), check=True)


def told(url: str, addresses: Addresses) -> dict[str, str]:
    """What a process of this project has to be told to work on a database."""
    return {
        "DATABASE_URL": url,
        "REDIS_URL": addresses.redis_url,
        "BYGDEMAT_VAR": str(var_dir() / "bench" / "house"),
        "BYGDEMAT_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _make(
    connection: psycopg.Connection, addresses: Addresses, *, name: str, fill: Callable[[str], None]
) -> None:
    """A template has its name only when it is whole; an interrupted one is filled on."""
    building = BUILDING + name
    if not _exists(connection, building):
        _execute(connection, "CREATE DATABASE {}", building)
    url = _url(addresses, building)
    manage(url, "migrate", "--no-input", "--verbosity", "0", addresses=addresses)
    fill(url)
    _execute(connection, "ALTER DATABASE {} RENAME TO {}", building, name)


def _drop_older(connection: psycopg.Connection, template: str, *, whole: str) -> None:
    """Templates of other migrations, whole or not, are no longer wanted; a country takes gigabytes."""
    for begins in (f"template_{template}_", f"{BUILDING}template_{template}_"):
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND length(datname) = %s"
            " AND datname <> %s",
            [begins, len(begins) + FINGERPRINT_LETTERS, BUILDING + whole],
        ).fetchall()
        for (name,) in found:
            _drop(connection, name)


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: psycopg.Connection, name: str) -> None:
    _execute(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _execute(connection: psycopg.Connection, statement: str, *names: str) -> None:
    composed = sql.SQL(statement).format(*map(sql.Identifier, names))
    connection.execute(composed)


def _url(addresses: Addresses, name: str) -> str:
    return urlsplit(addresses.database_url)._replace(path=f"/{name}").geturl()
