"""Writes so many rows of a report as a workbook and tells, as JSON, what it took: `python -m benchmarks.ours.writing ROWS`."""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path


def main(rows: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from orders.interchange.report_files import rows_as_workbook  # noqa: PLC0415
    from orders.rules.periods import Period  # noqa: PLC0415
    from orders.rules.reporting import Column, Kind, Part, Told, Whole  # noqa: PLC0415

    columns = (
        Column("day", "Dag", Kind.DAY),
        Column("order", "Inköpsorder", Kind.WORDS),
        Column("kitchen", "Kök", Kind.WORDS),
        Column("supplier", "Gård", Kind.WORDS),
        Column("product", "Vara", Kind.WORDS),
        Column("kg", "Vikt", Kind.KG, Whole.SUM),
        Column("sek", "Värde", Kind.SEK, Whole.SUM),
        Column("co2e", "Klimat", Kind.CO2E, Whole.SUM),
        Column("per_kg", "Klimat per kg", Kind.CO2E_PER_KG, Whole.RATIO, ("co2e", "kg")),
        Column("agreement", "Avtal", Kind.WORDS),
    )
    begins = date(2026, 1, 1)
    told = Told(
        "Rader", "Varje rad.", Period(begins, date(2026, 12, 31)), "levererat", "påhittat för mätning"
    )

    def parts() -> Iterator[Part]:
        for number in range(rows):
            kg, sek = Decimal(number % 997) / 8 + 1, Decimal(number * 37 % 100_000) / 100
            yield Part(
                key=str(number),
                cells=(
                    begins + timedelta(days=number % 365),
                    f"BM-2026-{number:06}",
                    f"Köket & salen {number % 400}",
                    f"Gård {number % 90}",
                    f"Vara {number % 2300}, tvättad",
                    kg,
                    sek,
                    kg * 2,
                    Decimal(2),
                    "Avtal om rotfrukter, delkontrakt 2",
                ),
            )

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "rader.xlsx").open("wb") as to:
        rows_as_workbook(
            told,
            columns,
            parts(),
            notice="",
            issuer="Mätning",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
            language="sv",
            to=to,
        )
        taken = {
            "seconds": time.perf_counter() - begun,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "file": Path(folder, "rader.xlsx").stat().st_size / 1e6,
        }
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    main(int(sys.argv[1]))
