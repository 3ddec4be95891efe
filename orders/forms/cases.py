"""What an officer decides of a case that somebody asks for: each thing that may be secret is handed out or withheld."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from orders.actions.disclosing import Decision
from orders.queries.officer_words import ground_name, secret_name
from orders.rules.secrecy import Ground, Maskable


class DisclosureForm(forms.Form):
    """Two fields for each thing that may be withheld: the ground and the reason."""

    def __init__(self, data: Any = None, *, things: Sequence[Maskable], suppliers: Mapping[int, str]) -> None:
        super().__init__(data)
        self.things = things
        grounds = [("", _("lämnas ut")), *((each.value, ground_name(each)) for each in Ground)]
        for thing in things:
            what = secret_name(thing.secret, supplier=suppliers.get(thing.supplier_id or 0, ""))
            self.fields[_key("ground", thing)] = forms.ChoiceField(
                label=what, choices=grounds, required=False
            )
            self.fields[_key("reason", thing)] = forms.CharField(
                label=_("Skäl att maska: %(what)s") % {"what": what}, max_length=300, required=False
            )
        self.fields["checked"] = forms.BooleanField(
            label=_("Jag har prövat varje uppgift i ärendet mot sekretesslagen.")
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for thing in self.things:
            if told.get(_key("ground", thing)) and not told.get(_key("reason", thing), "").strip():
                self.add_error(
                    _key("reason", thing),
                    _("Skriv varför uppgiften är hemlig, till exempel företagets begäran."),
                )
        return told

    def decisions(self) -> dict[Maskable, Decision]:
        told = self.cleaned_data
        return {
            thing: Decision(Ground(told[_key("ground", thing)]), told[_key("reason", thing)].strip())
            for thing in self.things
            if told[_key("ground", thing)]
        }


def _key(name: str, thing: Maskable) -> str:
    return f"{name}-{thing.secret}-{thing.supplier_id or 0}"
