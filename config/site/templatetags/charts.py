"""``{% load charts %}{% chart drawing %}``: a drawing of config/ground/charts as SVG; its table stands beside it."""

from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from config.ground.charts.drawing import Drawing, Shape, rounded

register = template.Library()

# What fills each tone: told apart on grey paper and by who sees no colours. On a ground of 8 by 8 units.
PATTERNS: Final = (
    mark_safe('<rect class="tint" width="8" height="8"/>'),
    mark_safe('<rect class="paper" width="8" height="8"/><path class="ink" d="M-2 2L2 -2M-2 10L10 -2M6 10L10 6"/>'),
    mark_safe('<rect class="paper" width="8" height="8"/><circle class="tint" cx="4" cy="4" r="1.8"/>'),
    mark_safe('<rect class="paper" width="8" height="8"/>'),
    mark_safe('<rect class="tint" width="8" height="8"/><circle class="paper" cx="4" cy="4" r="2"/>'),
    mark_safe('<rect class="paper" width="8" height="8"/><path class="ink" d="M0 4H8M4 0V8"/>'),
)  # fmt: skip


@register.simple_tag
def chart(drawing: Drawing, name: str = "") -> SafeString:
    """``name`` tells apart two drawings of one key on a page."""
    key = f"{drawing.key}-{name}" if name else drawing.key
    return format_html(
        '<figure class="chart"><figcaption>{title}</figcaption>'
        '<svg viewBox="0 0 {width} {height}" role="img"><title>{title}</title><desc>{desc}</desc>'
        "<defs>{patterns}</defs>{shapes}{captions}</svg></figure>",
        title=drawing.title,
        desc=drawing.desc,
        width=rounded(drawing.width),
        height=rounded(drawing.height),
        patterns=format_html_join("", PATTERN, ((key, tone, PATTERNS[tone]) for tone in drawing.tones)),
        shapes=format_html_join("", "{}", ((_shape(shape, key),) for shape in drawing.shapes)),
        captions=format_html_join(
            "",
            '<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>',
            (
                (rounded(each.x), rounded(each.y), each.anchor, each.look, each.text)
                for each in drawing.captions
            ),
        ),
    )


PATTERN: Final = '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>'


def _shape(shape: Shape, key: str) -> SafeString:
    if shape.tone is None:
        return format_html('<path class="{}" d="{}"/>', shape.look, shape.path)
    return format_html(
        '<path class="{}" fill="url(#{}-{})" d="{}"/>', shape.look, key, shape.tone, shape.path
    )
