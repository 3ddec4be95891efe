"""The officer's pages; an auditor reads the same."""
