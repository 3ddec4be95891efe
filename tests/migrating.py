"""Makes the tests' database, and the house's own as it is when nobody has written in it: ``python -m tests.migrating [plainly]``.

Before each operation Django makes classes anew of the model that it changes, of all that hang together with it (in this house
nearly every model) and of all that hang together with those: nine tenths of migrating. None of our operations reads them but
RunPython, which has all of them made anew first when some were put off. So here only the model's own class is made; with
``plainly`` all are, as where a house is migrated. A database must come out the same: who changes this compares both.
"""

import os
import sys

import django
from django.db import connection
from django.db.migrations.state import ProjectState


def main(words: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    django.setup()
    if words != ["plainly"]:
        ProjectState._find_reload_model = _only_its_own  # type: ignore[attr-defined]
    own = connection.settings_dict["NAME"]
    test = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    with connection._nodb_cursor() as server:
        server.execute(f"DROP DATABASE {own}")
        server.execute(f"CREATE DATABASE {own} TEMPLATE {test}")


def _only_its_own(
    state: ProjectState, app_label: str, model_name: str, _delay: object = None
) -> set[tuple[str, str]]:
    """In the place of ``ProjectState._find_reload_model``: which models' classes are made anew (Django 5.2)."""
    state.is_delayed = True
    return {(app_label, model_name)}


if __name__ == "__main__":
    main(sys.argv[1:])
