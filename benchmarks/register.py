"""The benches there are. Each is a module of its name here with `run(*, size, quick) -> list[Figure]`."""

BENCHES: tuple[str, ...] = ("place_order", "judge", "close", "catalogue", "start")
