"""People of the house."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from config.ground.models import User
from config.ground.outbox import enqueue
from config.ground.refusals import InvalidInput, Refusal
from config.ground.trail import Actor, acting

PASSWORD_LETTER = "password"  # noqa: S105  # a kind of letter
_links = PasswordResetTokenGenerator()


class PasswordLinkSpent(Refusal):
    code = "password_link_spent"
    status = 410
    what = {
        "sv": "Länken gäller inte längre: den går att använda en gång och inom tre dagar.",
        "en": "The link is no longer valid: it works once and within three days.",
    }
    then = {
        "sv": "Begär en ny länk på sidan för inloggning. Ditt konto är kvar.",
        "en": "Ask for a new link on the sign-in page. Your account is still there.",
    }


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person to be; ``email`` None is somebody who signs in on a shared tablet."""

    name: str
    email: str | None = None
    phone: str = ""
    language: str = "sv"
    is_platform_admin: bool = False


def add_people(*, drafts: Sequence[PersonDraft], by: Actor) -> list[User]:
    """Each person, made where the e-mail is new and left as she is where it is known. Nobody gets a password."""
    known = {user.email: user for user in User.objects.filter(email__in=set(_emails(drafts)))}
    new = [_user(draft) for draft in drafts if _folded(draft) is None or _folded(draft) not in known]
    if new:
        with acting(by):
            known |= {user.email: user for user in User.objects.bulk_create(new)}
    nameless = iter([user for user in new if user.email is None])
    return [next(nameless) if _folded(draft) is None else known[_folded(draft)] for draft in drafts]


def let_in(*, draft: PersonDraft, password: str, by: Actor) -> User:
    """Make the person, or find her by her e-mail, and give her this password.

    Of one who is known the draft changes only that she may become an administrator.
    Raises ValidationError for a password that is too weak, and ValueError without an e-mail to sign in with.
    """
    if _folded(draft) is None:
        raise ValueError("without an e-mail nobody signs in by password")
    validate_password(password)
    with acting(by):
        (user,) = add_people(drafts=[draft], by=by)
        user.set_password(password)
        user.is_platform_admin = user.is_platform_admin or draft.is_platform_admin
        user.save(update_fields=["password", "is_platform_admin"])
    return user


def invite(*, draft: PersonDraft, now: datetime, by: Actor) -> User:
    """Make the person, or find her by her e-mail; one who has no password yet gets a letter to choose it by.

    Raises InvalidInput without a name, or with an e-mail that is none.
    """
    faults: dict[str, list[str]] = {}
    if not draft.name.strip():
        faults["name"] = [_("Skriv personens namn.")]
    try:
        validate_email(_folded(draft) or "")
    except ValidationError:
        faults["email"] = [_("Skriv en e-postadress, till exempel anna@kommunen.se.")]
    if faults:
        raise InvalidInput(fields=faults)
    with acting(by):
        (user,) = add_people(drafts=[draft], by=by)
        if not user.has_usable_password():
            _send_link(user, now)
    return user


def ask_for_password(*, email: str, now: datetime, by: Actor) -> None:
    """A letter with a link to whoever has that e-mail. Nobody is told whether anybody has."""
    user = User.objects.by_email(email).filter(is_active=True).first()
    if user is not None:
        with acting(by):
            _send_link(user, now)


def join(*, draft: PersonDraft, now: datetime, by: Actor) -> None:
    """Somebody asks for an account of her own; who has one already gets a link too, and nobody is told which it was.

    Raises InvalidInput.
    """
    with acting(by):
        user = invite(draft=draft, now=now, by=by)
        if user.is_active:
            _send_link(user, now)


def _send_link(user: User, now: datetime) -> None:
    """One letter a person and ten minutes, however often it is asked for."""
    enqueue(
        kind=PASSWORD_LETTER,
        recipient=user.email or "",
        language=user.language,
        cause_table="ground_user",
        cause_id=user.pk,
        dedupe_key=f"password:{user.pk}:{int(now.timestamp()) // 600}",
    )


def password_link(user: User) -> tuple[str, str]:
    """Person and key of the address ``/losenord/<person>/<key>/``: written when the letter leaves, kept nowhere."""
    return urlsafe_base64_encode(str(user.pk).encode()), _links.make_token(user)


def person_of_link(person: str, key: str) -> User:
    """Whose link it is. Raises PasswordLinkSpent when it was used, is too old or never was one."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(person)), is_active=True).first()
    except (ValueError, OverflowError):
        user = None
    if user is None or not _links.check_token(user, key):
        raise PasswordLinkSpent
    return user


def choose_password(*, person: str, key: str, password: str) -> User:
    """The person of the link chooses her password; the link is spent by it.

    Raises PasswordLinkSpent, and ValidationError for a password that is too weak.
    """
    user = person_of_link(person, key)
    validate_password(password, user)
    with acting(Actor.person(user.pk, door="web:password")):
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not _links.check_token(locked, key):  # the same link in two tabs
            raise PasswordLinkSpent
        locked.set_password(password)
        locked.save(update_fields=["password"])
    return locked


def _emails(drafts: Iterable[PersonDraft]) -> Iterable[str]:
    return (email for email in map(_folded, drafts) if email)


def _folded(draft: PersonDraft) -> str | None:
    return draft.email.strip().casefold() if draft.email else None


def _user(draft: PersonDraft) -> User:
    user = User(
        name=draft.name,
        email=_folded(draft),
        phone=draft.phone,
        language=draft.language,
        is_platform_admin=draft.is_platform_admin,
    )
    user.set_unusable_password()
    return user
