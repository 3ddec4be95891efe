"""Reads a PDF back: its words, the names of its tags, what it says of itself."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def reader(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content))


def root(content: bytes) -> Any:
    return reader(content).trailer["/Root"]


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in reader(content).pages]


def words(content: bytes) -> str:
    return " ".join(" ".join(pages(content)).split())


def tags(content: bytes) -> list[str]:
    """The names of the elements of the structure tree, in reading order."""
    return list(_tags(root(content)["/StructTreeRoot"]["/K"]))


def _tags(node: Any) -> Iterator[str]:
    seen = node.get_object()
    if isinstance(seen, list):
        for each in seen:
            yield from _tags(each)
    elif isinstance(seen, dict) and "/S" in seen:
        yield str(seen["/S"])
        if "/K" in seen:
            yield from _tags(seen["/K"])
