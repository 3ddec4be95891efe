"""What stands in an address: a day as 2026-12-03."""

from datetime import date

from django.urls import register_converter


class DayInAddress:
    """An address with a day that is none leads nowhere."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayInAddress, "day")  # an app's urls that import this module may write <day:day>
