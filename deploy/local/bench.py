"""./bench: the benches of benchmarks/, run on the project's own environment."""

from deploy.local.places import Fault


def main(words: list[str]) -> int:
    raise Fault(f"There is no bench yet ({' '.join(words)}).")
