"""``/gard/<id>/fraga/<question>/``: can the farm bring more than it has posted?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.ground.doors import actor_of, arrived_at, stand_at, user_of
from market.actions.asking import answer_question
from market.queries.questions import question_for
from suppliers.queries import supplier_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, supplier_id: int, question_id: int) -> HttpResponse:
    """What is asked, until when, and what follows; ``svar=ja`` or ``nej`` answers it once."""
    supplier = supplier_for(user_of(request), supplier_id)
    stand_at(request, supplier.name)
    found = question_for(supplier, question_id, now=arrived_at(request))
    if request.method == "POST" and (said := request.POST.get("svar")) in {"ja", "nej"}:
        answer_question(
            question_id=question_id,
            supplier=supplier,
            can_bring=said == "ja",
            now=arrived_at(request),
            by=actor_of(request),
        )
        if said == "ja":
            messages.success(
                request, _("Svaret är lämnat. Lägg ut det som du kan leverera, så kan köket beställa det.")
            )
            return redirect("market:offer_new", supplier_id)
        messages.success(request, _("Svaret är lämnat. Nästa gård får frågan."))
        return redirect("orders:farm", supplier_id)
    return render(request, "orders/question.html", {"supplier": supplier, "found": found})
