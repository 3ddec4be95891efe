"""A page that is one form of one act: shown, refused with its words, or done and back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from config.ground.refusals import InvalidInput, NotAllowed, NotFound, Refusal
from orders.queries.seats import Seat
from orders.views.officer.desk import crumbs, page


def form_page(
    request: HttpRequest,
    seat: Seat,
    form: forms.Form,
    *,
    do: Callable[[dict[str, Any]], object],
    title: str,
    name: str,
    submit: str,
    done: str,
    to: tuple[str, int | None],
    lead: str = "",
    section: str = "suppliers",
) -> HttpResponseBase:
    """``do`` takes the cleaned form; ``to`` is the page to go back to (its name and key), ``name`` what it is called.

    Faults stand at their fields; a refusal stands above the form with its sentence and its next step.
    """
    back = reverse(to[0], args=[seat.authority.pk, *([] if to[1] is None else [to[1]])])
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except (NotAllowed, NotFound):
            raise
        except InvalidInput as faults:
            for field, sentences in faults.fields.items():
                for sentence in sentences:
                    form.add_error(field if field in form.fields else None, sentence)
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, done)
            return redirect(back)
    language = get_language() or "sv"
    sections = {
        "suppliers": (_("Leverantörer"), "officer:suppliers"),
        "law": (_("Lag och krav"), "officer:law"),
        "agreements": (pgettext("flera", "Avtal"), "officer:agreements"),
    }
    above, its_page = sections[section]
    return page(
        request,
        seat,
        "act",
        section=section,
        status=refused.status if refused else 422 if form.is_bound else 200,
        form=form,
        title=title,
        name=name,
        lead=lead,
        submit=submit,
        back=back,
        refusal=refused and {"title": refused.sentence(language), "text": refused.next_step(language)},
        crumbs=crumbs(seat, (above, reverse(its_page, args=[seat.authority.pk])), (name, back), (title, "")),
    )
