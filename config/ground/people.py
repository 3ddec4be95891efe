"""People of the house."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password

from config.ground.models import User
from config.ground.trail import Actor, acting


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
