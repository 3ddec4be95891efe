"""Reports over the tallies of forty authorities: the query against raw SQL, the first view and the way down to rows.

Ten million lines (`--size`; quick: a hundred thousand), a quarter of a million an authority. The first view is asked of the
house's own door, signed in, each report in turn, with the period that it is opened with; the drill-down is a page of rows of a supplier.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import psycopg

from benchmarks import database, generator
from benchmarks.floors import reports as floor
from benchmarks.frame import Figure, figure, paired, seconds_of
from deploy.local.servers import Addresses

QUERY_LIMIT, VIEW_LIMIT, ROWS_LIMIT = 2.0, 0.3, 0.1
LINES, QUICK_LINES = 10_000_000, 100_000
AN_AUTHORITYS = 250_000
REGIONS = 4
ROUNDS, QUICK_ROUNDS = 9, 3
VIEWS, QUICK_VIEWS = 20, 4
OK = 200
YEARS = "?from=2025&to=2027"
Seat = TypeVar("Seat")
SPEND_BY = {"supplier": "supplier_id", "kitchen": "kitchen_id", "product": "product_id"}


def shape(lines: int) -> generator.Shape:
    """Forty authorities at ten million lines, in four regions; fewer lines are of fewer authorities."""
    authorities = max(1, lines // AN_AUTHORITYS)
    regions = REGIONS if authorities % REGIONS == 0 else 1
    return generator.Shape(lines=lines, regions=regions, authorities=authorities // regions, tallies=True)


def run(*, size: int | None, quick: bool) -> list[Figure]:
    """`size` is the number of lines."""
    lines = size or (QUICK_LINES if quick else LINES)
    with database.servers() as addresses:
        url = generator.world(addresses, shape(lines), to_write=False)
        database.manage(url, "collectstatic", "--no-input", "--verbosity", "0", addresses=addresses)
        return [
            *_queries(url, addresses, rounds=QUICK_ROUNDS if quick else ROUNDS),
            *_views(url, addresses, views=QUICK_VIEWS if quick else VIEWS),
        ]


def _queries(url: str, addresses: Addresses, *, rounds: int) -> list[Figure]:
    database.use(url, addresses=addresses)
    from market.models import Authority  # noqa: PLC0415  # Django has to be set up first
    from orders.queries.spend import spend  # noqa: PLC0415
    from orders.rules.periods import Period  # noqa: PLC0415

    period = Period(first=date(2025, 1, 1), last=date(2027, 12, 31))
    authority = Authority.objects.order_by("pk")[0]
    figures: list[Figure] = []
    with psycopg.connect(url, autocommit=True) as connection:
        for by, key in SPEND_BY.items():

            def ours(by: str = by) -> float:
                return seconds_of(lambda: spend(authority, period, basis="ordered", by=by))  # type: ignore[arg-type]

            def bare(key: str = key) -> float:
                return seconds_of(
                    lambda: floor.spend(
                        connection, key=key, authority=authority.pk, first=period.first, last=period.last
                    )
                )

            ours(), bare()
            figures += paired(ours, bare, rounds=rounds).figures(f"query_{by}", limit=QUERY_LIMIT)
    return figures


def _views(url: str, addresses: Addresses, *, views: int) -> list[Figure]:
    """Each report's first view by the officers in turn, and pages of rows deep in a supplier's list."""
    database.use(url, addresses=addresses)
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from market.models import AuthorityMember  # noqa: PLC0415
    from orders.queries.reports.register import REPORTS  # noqa: PLC0415

    def opened(sort: Any) -> str:
        """The question that a report is opened with on the world's day."""
        period = sort.unasked_period(generator.TODAY)
        return f"?from={period.from_text}&to={period.to_text}"

    seats = (
        AuthorityMember.objects.filter(role="officer").select_related("user").order_by("authority_id", "pk")
    )
    officers = list({seat.authority_id: seat for seat in seats}.values())
    clients = {seat.authority_id: Client() for seat in officers}
    for seat in officers:
        clients[seat.authority_id].force_login(seat.user, backend="config.ground.sign_in.EmailBackend")

    def looked_at(seat: AuthorityMember, address: str) -> float:
        def look() -> None:
            answer = clients[seat.authority_id].get(address)
            assert answer.status_code == OK, (address, answer.status_code)

        return seconds_of(look)

    figures = []
    for slug, sort in REPORTS.items():
        seconds = [
            looked_at(seat, reverse("officer:report", args=[seat.authority_id, slug]) + opened(sort))
            for seat in _in_turn(officers, views + 1)
        ][1:]
        figures.append(_p95(f"first_view_{slug}", seconds, limit=VIEW_LIMIT))
    rows = [
        looked_at(
            seat,
            f"{reverse('officer:report_rows', args=[seat.authority_id, 'inkop'])}{YEARS}&supplier={n % 100 + 1}",
        )
        for n, seat in enumerate(_in_turn(officers, views + 1))
    ][1:]
    return [*figures, _p95("drill_down", rows, limit=ROWS_LIMIT)]


def _in_turn(officers: Sequence[Seat], times: int) -> list[Seat]:
    return [officers[n % len(officers)] for n in range(times)]


def _p95(name: str, seconds: Sequence[float], *, limit: float) -> Figure:
    return figure(
        f"{name}_p95",
        sorted(seconds)[math.ceil(len(seconds) * 0.95) - 1],
        unit="s",
        limit=limit,
        spread=(min(seconds), max(seconds)),
    )
