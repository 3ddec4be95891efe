"""Cells of reports in templates, ``{% load reports %}``."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from orders.queries.report_words import cell_words
from orders.rules.reporting import Column, Kind, Report

register = template.Library()
MOST_ON_A_PORTRAIT = 6  # columns


@register.simple_tag
def part_cells(row: Mapping[str, Any], *, is_whole: bool = False) -> SafeString:
    """The cells of a part, each beside its column, with units; of the row of sums one without a whole stays empty.

    Written here and not in a template, and escaped by Python itself: a page has hundreds of them.
    """
    column, name = row["head"]
    head = escape(cell_words(name, column.kind))
    if row["url"]:
        head = f'<a href="{escape(row["url"])}">{head}</a>'
    cells = "".join(
        f'<td class="{_look(column)}">'
        f"{'' if is_whole and value is None else escape(cell_words(value, column.kind))}</td>"
        for column, value in row["cells"]
    )
    return SafeString(f'<th scope="row">{head}</th>{cells}')  # all that was told in it is escaped above


def _look(column: Column) -> str:
    if is_figure(column.kind):
        return "number"
    return "nowrap" if column.kind is Kind.DAY else ""


@register.filter
def is_figure(kind: Kind) -> bool:
    """Whether the column stands to the right."""
    return kind not in (Kind.WORDS, Kind.DAY)


@register.filter
def has_meanings(report: Report) -> bool:
    return any(column.meaning for column in report.columns)


@register.filter
def is_wide(report: Report) -> bool:
    """Whether its columns need the paper's long side."""
    return len(report.columns) > MOST_ON_A_PORTRAIT
