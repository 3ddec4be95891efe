"""The page frame, its parts and the pages that say no."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation
from pytest_django import Settings

from config.ground.refusals import ChangedMeanwhile
from config.site.frame import frame
from config.site.style import style_page

urlpatterns = [path("style", style_page), path("i18n/", include("django.conf.urls.i18n"))]
pytestmark = pytest.mark.urls(__name__)


class Reader(HTMLParser):
    """Collects what a page has: its elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.elements if tag == "a"]

    def all(self, name: str) -> list[str]:
        return [value or "" for _tag, attrs in self.elements if (value := attrs.get(name)) is not None]


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/style?vara=morot")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def style(request_: HttpRequest) -> Reader:
    return Reader(style_page(request_).content.decode())


def page(name: str, request: HttpRequest, **context: object) -> str:
    return render_to_string(name, context, request)


def test_the_living_page_uses_no_inline_style_or_script(style: Reader) -> None:
    assert style.all("style") == []
    assert not [tag for tag, attrs in style.elements if tag == "script" and "src" not in attrs]
    assert not [name for _tag, attrs in style.elements for name in attrs if name.startswith("on")]


def test_every_id_of_the_living_page_stands_once(style: Reader) -> None:
    assert [name for name, times in Counter(style.all("id")).items() if times > 1] == []


def test_what_labels_and_descriptions_point_at_is_there(style: Reader) -> None:
    pointers = (
        style.all("for") + style.all("aria-labelledby") + " ".join(style.all("aria-describedby")).split()
    )
    assert set(pointers) - set(style.all("id")) == set()


def test_the_living_page_shows_both_themes(style: Reader) -> None:
    themes = Counter(style.all("data-theme"))
    assert themes["light"] == themes["dark"] >= 10


@pytest.mark.parametrize(("code", "other"), [("sv", "English"), ("en", "Svenska")])
def test_the_page_says_its_language_and_offers_the_other(
    request_: HttpRequest, code: str, other: str
) -> None:
    with translation.override(code):
        html = page("frame.html", request_)
    assert f'<html lang="{code}"' in html
    assert re.findall(r'<span class="word">(\w+)</span>', html) == [other]
    assert 'name="next" value="/style?vara=morot"' in html


def test_the_visitors_places_stand_in_the_header(request_: HttpRequest) -> None:
    request_.nav = [  # type: ignore[attr-defined]  # a middleware sets it
        {"url": "/", "label": "I dag", "icon": "home", "current": True},
        {"url": "/avtal", "label": "Avtal", "icon": "law"},
    ]
    links = [attrs for tag, attrs in Reader(page("frame.html", request_)).elements if tag == "a"]
    assert [a["href"] for a in links if a.get("aria-current") == "page"] == ["/"]
    assert "/avtal" in [a["href"] for a in links]


@pytest.mark.parametrize("template", ["frame.html", "print_frame.html"])
def test_demo_says_on_every_page_that_the_figures_are_made_up(
    request_: HttpRequest, settings: Settings, template: str
) -> None:
    settings.DEMO = True
    assert "Påhittade siffror" in page(template, request_)
    settings.DEMO = False
    assert "Påhittade siffror" not in page(template, request_)


def test_only_a_page_that_uses_htmx_loads_it_and_hands_it_the_form_token(request_: HttpRequest) -> None:
    source = """{% extends "frame.html" %}{% block scripts %}{% include "parts/htmx.html" %}{% endblock %}
    {% block body_attributes %}{% include "parts/htmx_body.html" %}{% endblock %}"""
    html = engines["django"].from_string(source).render({}, request_)
    body = dict(Reader(html).elements)["body"]
    assert re.fullmatch(r'\{"x-csrftoken": "\w{64}"\}', body["hx-headers:inherited"] or "")
    assert "htmx-4.min.js" in html
    assert "htmx" not in page("frame.html", request_)


def test_the_frame_asks_the_database_nothing(request_: HttpRequest) -> None:
    # Without the db mark a query is an error.
    assert frame(request_)["nav"] == []


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500])
def test_a_page_that_says_no_says_what_why_and_what_now(request_: HttpRequest, code: int) -> None:
    html = page(f"{code}.html", request_)
    told = re.search(
        r"<h1>\s*(\S.*?)\s*</h1>.*?<p class=\"lead\">\s*(\S.*?)\s*</p>.*?</h2>\s*<p>\s*(\S.*?)\s*</p>",
        html,
        re.DOTALL,
    )
    assert told is not None
    assert len(set(told.groups())) == 3


def test_the_page_of_a_fault_of_ours_needs_no_request() -> None:
    assert "Felet är vårt" in render_to_string("500.html")


def test_a_refusal_keeps_what_was_typed_and_shows_the_ways_out(request_: HttpRequest) -> None:
    html = page(
        "refusal.html",
        request_,
        what="Stopptiden har gått ut",
        why="Gården tog emot till kl. 14.00.",
        now="Välj nästa leveransdag.",
        kept=True,
        links=[{"url": "/nasta", "label": "Nästa leveransdag"}],
        back_url="/varukorg",
        code="after_cut_off",
    )
    assert "Det du skrev är sparat" in html
    assert {"/nasta", "/varukorg", "/"} <= set(Reader(html).links())
    assert "after_cut_off" in html


@pytest.mark.parametrize("template", ["refusal.html", "parts/refusal.html"])
def test_a_refusal_is_told_in_its_own_words_on_a_page_and_to_htmx(
    request_: HttpRequest, template: str
) -> None:
    refusal = ChangedMeanwhile(now=3, yours=2)
    told = {"refusal": refusal, "sentence": refusal.sentence("sv"), "next_step": refusal.next_step("sv")}
    html = page(template, request_, **told)
    assert "version 3, du hade 2" in html
    assert "Jämför de båda" in html


class OfferForm(forms.Form):
    price = forms.DecimalField(label="Pris", help_text="Utan moms.")
    store = forms.ChoiceField(
        label="Förvaring", choices=[("cool", "Kyl")], widget=forms.RadioSelect, help_text="Som på etiketten."
    )
    note = forms.CharField(label="Till köket", required=False)
    organic = forms.BooleanField(label="Ekologisk", help_text="Enligt certifikatet.")


@pytest.mark.parametrize("name", ["price", "store", "organic"])
def test_help_and_error_are_tied_to_their_field(name: str) -> None:
    html = Reader(render_to_string("parts/field.html", {"field": OfferForm({})[name]}))
    described = " ".join(html.all("aria-describedby")).split()
    assert {f"id_{name}_helptext", f"id_{name}_error"} == set(described)
    assert set(described) <= set(html.all("id"))


@pytest.mark.parametrize(("name", "optional"), [("price", False), ("note", True)])
def test_a_field_that_may_be_left_out_says_so(name: str, optional: bool) -> None:
    assert ("(behövs inte)" in render_to_string("parts/field.html", {"field": OfferForm()[name]})) is optional


def test_the_list_of_faults_leads_to_the_fields() -> None:
    html = Reader(render_to_string("parts/form_errors.html", {"form": OfferForm({})}))
    assert html.links() == ["#id_price", "#id_store", "#id_organic"]


def test_the_pager_keeps_the_question(request_: HttpRequest) -> None:
    html = Reader(page("parts/pager.html", request_, page=Paginator(range(30), 10).page(2)))
    assert html.links() == ["?vara=morot&page=1", "?vara=morot&page=3"]


def test_one_page_has_no_pager(request_: HttpRequest) -> None:
    assert "<nav" not in page("parts/pager.html", request_, page=Paginator(range(3), 10).page(1))
