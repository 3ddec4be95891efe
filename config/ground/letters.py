"""The ground's own letter: a link by which a person chooses her password."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.ground.models import OutboxMessage, User
from config.ground.outbox import Letter, renderer
from config.ground.people import PASSWORD_LETTER, password_link


@renderer(PASSWORD_LETTER)
def password_letter(message: OutboxMessage) -> Letter:
    """To a person who was invited, or who has forgotten her password."""
    user = User.objects.get(pk=message.cause_id)
    person, key = password_link(user)
    told = {"user": user, "url": f"{settings.SITE_URL}/losenord/{person}/{key}/"}
    return Letter(
        subject=_("Välj ditt lösenord till Bygdemat"), text=render_to_string("letters/password.txt", told)
    )
