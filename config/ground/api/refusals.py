"""What the API itself says no with, before any action is asked: HTTP's own refusals in the house's words."""

from config.ground.refusals import ChangedMeanwhile, Refusal


class NotSignedIn(Refusal):
    code = "not_signed_in"
    status = 401
    what = {"sv": "Du är inte inloggad.", "en": "You are not signed in."}
    then = {
        "sv": "Skicka en giltig nyckel i Authorization: Token …, eller logga in.",
        "en": "Send a valid key in Authorization: Token …, or sign in.",
    }


class Unreadable(Refusal):
    code = "unreadable"
    status = 400
    what = {"sv": "Innehållet är ingen läsbar JSON.", "en": "The content is no readable JSON."}
    then = {
        "sv": "Skicka JSON i UTF-8 med ändliga tal och hela tecken.",
        "en": "Send JSON in UTF-8 with finite numbers and whole characters.",
    }


class WrongMethod(Refusal):
    code = "wrong_method"
    status = 405
    what = {"sv": "{method} går inte att använda här.", "en": "{method} can't be used here."}
    then = {
        "sv": "Se vilka metoder adressen har i /api/v1/docs/.",
        "en": "See which methods the address has in /api/v1/docs/.",
    }


class NoSuchFormat(Refusal):
    code = "no_such_format"
    status = 406
    what = {
        "sv": "Svaret finns inte i det format du ber om.",
        "en": "There is no answer in the format you ask for.",
    }
    then = {"sv": "Be om application/json.", "en": "Ask for application/json."}


class PreconditionFailed(ChangedMeanwhile):
    """``If-Match`` named a version that is no longer the present one."""

    code = "precondition_failed"
    status = 412


class TooLarge(Refusal):
    code = "too_large"
    status = 413
    what = {
        "sv": "Innehållet är större än {most_bytes} byte.",
        "en": "The content is larger than {most_bytes} bytes.",
    }
    then = {"sv": "Dela upp det på flera anrop.", "en": "Split it over several calls."}


class WrongContentType(Refusal):
    code = "wrong_content_type"
    status = 415
    what = {
        "sv": "Innehållet {given} tas inte emot här.",
        "en": "Content of type {given} is not accepted here.",
    }
    then = {"sv": "Skicka application/json.", "en": "Send application/json."}


class OurFault(Refusal):
    """Something unforeseen. What it was stands in the log, never in the answer."""

    code = "our_fault"
    status = 500
    what = {
        "sv": "Något gick fel hos oss. Inget är sparat.",
        "en": "Something went wrong here. Nothing is saved.",
    }
    then = {
        "sv": "Försök igen om en stund, med samma Idempotency-Key.",
        "en": "Try again in a while, with the same Idempotency-Key.",
    }
