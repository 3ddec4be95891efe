"""Templates are written with indentation to be read, and sent without it: a page on a field's network is a fifth smaller."""

import re

from django.template import Origin
from django.template.loaders.app_directories import Loader as AppDirectories

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(AppDirectories):
    """Finds each app's templates as Django does; of pages (not letters) the lines lose their indentation.

    Lines stay where they are, so an error's line number is the file's. Text that must keep leading blanks belongs in the
    context, not in the template's own `<pre>` or `<textarea>`.
    """

    def get_contents(self, origin: Origin) -> str:
        text: str = super().get_contents(origin)
        return INDENTATION.sub("", text) if origin.name.endswith(".html") else text
