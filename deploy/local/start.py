"""./start: not there yet."""

from deploy.local.places import Fault


def before_installing(words: list[str]) -> None:
    raise Fault(f"./start is not there yet ({' '.join(words)}).")


def main(words: list[str]) -> int:
    raise Fault(f"./start is not there yet ({' '.join(words)}).")
