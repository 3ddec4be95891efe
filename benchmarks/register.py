"""The benches there are. Each is a module of its name here with `run(*, size, quick) -> list[Figure]`."""

BENCHES: tuple[str, ...] = (
    "world",
    "place_order",
    "judge",
    "close",
    "catalogue",
    "import_list",
    "menu_basket",
    "tally",
    "start",
)
BENCHES: tuple[str, ...] = ("world", "place_order", "judge", "close", "catalogue", "start")
BENCHES: tuple[str, ...] = ("place_order", "judge", "close", "start", "tally")
BENCHES: tuple[str, ...] = ("world", "place_order", "judge", "close", "catalogue", "start", "tally")
