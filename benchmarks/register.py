"""The benches there are. Each is a module of its name here with `run(*, size, quick) -> list[Figure]`."""

BENCHES: tuple[str, ...] = (
    "world",
    "place_order",
    "judge",
    "close",
    "catalogue",
    "import_list",
    "menu_basket",
    "pages",
    "tally",
    "workbook",
    "reports",
    "start",
)
