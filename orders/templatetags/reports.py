"""Cells of reports in templates, ``{% load reports %}``."""

from django import template

from orders.queries.report_words import cell_words
from orders.rules.reporting import Cell, Column, Kind, Report

register = template.Library()
MOST_ON_A_PORTRAIT = 6  # columns


@register.filter
def cell(pair: tuple[Column, Cell]) -> str:
    """A cell beside its column, with its unit."""
    column, value = pair
    return cell_words(value, column.kind)


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
