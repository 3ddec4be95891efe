"""The seeds that were lived, on the screen: each can be run again by its number."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lived = [
        (report.nodeid.partition("[")[2].removesuffix("]"), report.duration)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call" and "test_killed_hard" in report.nodeid
    ]
    if lived:
        terminalreporter.section("killed hard")
    for name, seconds in lived:
        terminalreporter.write_line(f"{name} ({seconds:.1f} s)")
