"""For the check of the rules' branches: what runs is measured while files are loaded and plain tests run, and no more.

``COVERAGE_CORE=ctrace coverage run … -m pytest -p tests.covered``. Tracing costs as much as all the rules' tests together, most
of it in pytest and Hypothesis themselves. Properties draw what they like: a branch that only they come to is one that no plain
test tells of, and counts as not run.
"""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

TRACER: Any = sys.gettrace()


def pytest_configure() -> None:
    if TRACER is None:
        raise pytest.UsageError(
            "tests.covered: nothing is measured; run it by coverage with COVERAGE_CORE=ctrace"
        )


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    sys.settrace(None)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    is_property = pyfuncitem.get_closest_marker("hypothesis") is not None
    sys.settrace(None if is_property else TRACER)
    try:
        return (yield)
    finally:
        sys.settrace(None)
