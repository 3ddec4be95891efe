"""As in Swedish: see config.site.formats.sv.formats."""

from config.site.formats.sv.formats import NUMBER_GROUPING as NUMBER_GROUPING
