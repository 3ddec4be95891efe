"""Marks as they stand together on goods, in words."""

from django.utils.translation import gettext as _

from market.queries.names import mark_name


def marks_name(marks: str) -> str:
    """``krav,organic`` is ``KRAV, Ekologisk``; none at all is said too."""
    return ", ".join(mark_name(each) for each in marks.split(",") if each) or _("Utan märkning")
