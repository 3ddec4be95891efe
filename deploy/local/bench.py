"""./bench: hands its words to the benches, on the project's own environment."""

import importlib


def main(words: list[str]) -> int:
    code: int = importlib.import_module("benchmarks.__main__").main(words)
    return code
