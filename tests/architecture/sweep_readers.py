"""Who looks at each page of the sweep's table."""

from tests.architecture.sweep_table import Row

# Who sees most of a page comes first.
READERS = ("officer", "manager", "farmer", "hub_worker", "admin", "staff", "auditor", "outsider")


def reader_of(row: Row) -> str | None:
    """The role that looks at this address; empty for nobody signed in, None where no page is to be had."""
    rule = row.methods.get("GET")
    if rule is None:
        return None
    if rule.anonymous == "let in":
        return ""
    return next((role for role in READERS if role in rule.let_in), None)
