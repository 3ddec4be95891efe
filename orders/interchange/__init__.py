"""Value ↔ document: what a file says becomes values, and values become files. No database here."""
