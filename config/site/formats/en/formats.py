"""As in Swedish: see config.site.formats.sv.formats."""

NUMBER_GROUPING = 0
