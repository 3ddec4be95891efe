"""Databases for benches: a template is filled once and copied from then on. Its tables are these tests' own: nothing is migrated."""

from pathlib import Path

import psycopg
import pytest

from benchmarks import database

pytestmark = pytest.mark.long


def _databases(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def test_a_template_is_filled_once_and_each_run_gets_a_fresh_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYGDEMAT_VAR", str(tmp_path))
    migrated: list[str] = []
    monkeypatch.setattr(database, "manage", lambda _url, command, *_, **__: migrated.append(command))
    filled: list[str] = []

    def fill(url: str) -> None:
        filled.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE skylt (namn text)")

    with database.servers() as addresses:
        first = database.database(addresses, template="kommun", fill=fill)
        with psycopg.connect(first) as connection:
            connection.execute("INSERT INTO skylt VALUES ('Potatis')")
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with database.servers() as addresses:  # the servers were closed between
        again = database.database(addresses, template="kommun", fill=fill)
        with psycopg.connect(again) as connection:
            assert connection.execute("SELECT count(*) FROM skylt").fetchone() == (0,)
        assert len(filled) == 1
        database.database(addresses, template="kommun", fill=fill, version="2")
        assert len(filled) == 2
        assert migrated == ["migrate", "migrate"]
        assert database.template_name("kommun") not in _databases(addresses.database_url)
        assert database.template_name("kommun", version="2") in _databases(addresses.database_url)


def test_a_template_whose_filling_was_cut_short_is_filled_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BYGDEMAT_VAR", str(tmp_path))
    monkeypatch.setattr(database, "manage", lambda *_, **__: None)

    def fill(url: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS skylt (namn text)")
            connection.execute("INSERT INTO skylt VALUES ('Potatis')")
            [(rows,)] = connection.execute("SELECT count(*) FROM skylt").fetchall()
            if rows == 1:
                raise RuntimeError("cut short")

    with database.servers() as addresses:
        with pytest.raises(RuntimeError):
            database.database(addresses, template="kommun", fill=fill)
        assert database.template_name("kommun") not in _databases(addresses.database_url)
        whole = database.database(addresses, template="kommun", fill=fill)
        with psycopg.connect(whole) as connection:
            assert connection.execute("SELECT count(*) FROM skylt").fetchone() == (2,)
