"""Refusals: what a rule or an action says no with. One class a refusal, its words in both languages.

A door never words a refusal itself: the middleware and the API's handler turn the exception into a page,
an htmx fragment or problem JSON (RFC 9457).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_classes: dict[str, type["Refusal"]] = {}


class Refusal(Exception):  # noqa: N818  # a refusal is an answer, not an error
    """Base of all refusals.

    ``code`` is stable and public. ``what`` and ``then`` hold a sentence a language: what happened and why, and what
    to do next; ``{name}`` takes the figures handed to the constructor.
    """

    code: ClassVar[str] = ""
    status: ClassVar[int] = 409
    what: ClassVar[Mapping[str, str]] = {}
    then: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls) -> None:
        if cls.code in _classes:
            raise TypeError(f"two refusals have the code {cls.code}")
        _classes[cls.code] = cls

    def __init__(self, *, fields: Mapping[str, Sequence[str]] | None = None, **figures: Any) -> None:
        super().__init__(self.code)
        self.fields: Mapping[str, Sequence[str]] = fields or {}
        self.figures = figures

    def sentence(self, language: str) -> str:
        return self._told(self.what, _known(language))

    def next_step(self, language: str) -> str:
        return self._told(self.then, _known(language))

    def _told(self, words: Mapping[str, str], language: str) -> str:
        return words[language].format(
            **{name: _as_read(value, language) for name, value in self.figures.items()}
        )


def _known(language: str) -> str:
    return "en" if language.startswith("en") else "sv"


def _as_read(value: Any, language: str) -> Any:
    """A number as a Swede or an Englishman reads it (40.000 would be forty thousand), an instant as Sweden's clock."""
    if isinstance(value, Decimal):
        digits = f"{value:,f}"
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return digits if language == "en" else digits.replace(",", "\u00a0").replace(".", ",")
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    return value


def all_refusals() -> Mapping[str, type[Refusal]]:
    return _classes


class NotFound(Refusal):
    code = "not_found"
    status = 404
    what = {
        "sv": "Det du söker finns inte, eller så är det inte ditt.",
        "en": "What you look for is not here, or not yours.",
    }
    then = {"sv": "Gå tillbaka och välj i listan.", "en": "Go back and choose from the list."}


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    what = {"sv": "Din roll får inte göra detta.", "en": "Your role may not do this."}
    then = {
        "sv": "Be den som har rollen, eller plattformens administratör.",
        "en": "Ask the one who has the role, or the platform's administrator.",
    }


class InvalidInput(Refusal):
    code = "invalid_input"
    status = 422
    what = {"sv": "Något i det du skrev går inte att läsa.", "en": "Something that you wrote can't be read."}
    then = {
        "sv": "Rätta de markerade fälten. Resten är kvar.",
        "en": "Mend the marked fields. The rest is kept.",
    }


class KeyUsedForAnotherBody(Refusal):
    code = "key_used_for_another_body"
    status = 422
    what = {
        "sv": "Nyckeln {key} har redan använts för något annat innehåll.",
        "en": "The key {key} was already used for another content.",
    }
    then = {"sv": "Skicka igen med en ny nyckel.", "en": "Send it again with a new key."}


class ChangedMeanwhile(Refusal):
    """Two tabs: somebody saved version ``now`` while version ``yours`` was open. ``theirs`` and ``mine`` go along."""

    code = "changed_meanwhile"
    what = {
        "sv": "Någon annan har ändrat detta medan du hade det öppet (version {now}, du hade {yours}).",
        "en": "Somebody else changed this while you had it open (version {now}, you had {yours}).",
    }
    then = {
        "sv": "Jämför de båda och spara igen. Inget av det du skrev är borta.",
        "en": "Compare the two and save again. Nothing that you wrote is lost.",
    }


class FileRefused(Refusal):
    code = "file_refused"
    status = 422
    what = {"sv": "Filen {name} tas inte emot: {why_sv}.", "en": "The file {name} is not accepted: {why_en}."}
    then = {
        "sv": "Välj en PDF, bild, CSV- eller Excelfil på högst 10 MB.",
        "en": "Choose a PDF, picture, CSV or Excel file of at most 10 MB.",
    }
