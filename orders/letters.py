"""The letters that orders cause, written when they are sent."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.ground.models import OutboxMessage
from config.ground.outbox import Attachment, Letter, renderer
from market.models import PartyQuestion
from market.queries.names import unit_name
from orders.models import CallOff, FarmNotice, PurchaseOrder, ReportFile
from orders.queries.answer_links import answer_token
from orders.queries.report_files import is_seated, pieces_of

MOST_ATTACHED = 5 * 1024 * 1024  # mail servers refuse much larger ones


@renderer("purchase_order")
def purchase_order_letter(message: OutboxMessage) -> Letter:
    """To the farm: what it is to bring, for whom, when, and where to answer."""
    order = (
        PurchaseOrder.objects.select_related("supplier", "authority", "supplier_run__delivery_run__hub")
        .prefetch_related("lines__pack", "lines__product")
        .get(pk=message.cause_id)
    )
    told = {
        "order": order,
        "hub": order.supplier_run.delivery_run.hub,
        "answer_url": f"{settings.SITE_URL}/svar/{answer_token(order)}/",
        "page_url": f"{settings.SITE_URL}/gard/{order.supplier_id}/inkopsorder/{order.pk}/",
    }
    subject = _("Inköpsorder %(number)s till %(day)s") % {
        "number": order.number,
        "day": f"{order.delivery_date:%Y-%m-%d}",
    }
    return Letter(subject=subject, text=render_to_string("orders/letters/purchase_order.txt", told))


@renderer("report_file")
def report_file_letter(message: OutboxMessage) -> Letter:
    """To who asked for a report's file: the file itself, or where it is fetched when it is too large for mail."""
    file = ReportFile.objects.select_related("authority", "owner").get(pk=message.cause_id)
    seated = is_seated(file.owner, file.authority)
    attached = seated and file.state == ReportFile.State.READY and file.size <= MOST_ATTACHED
    told = {
        "file": file,
        "seated": seated,
        "attached": attached,
        "page_url": f"{settings.SITE_URL}/myndighet/{file.authority_id}/rapporter/filer/",
    }
    attachments = (Attachment(file.name, b"".join(pieces_of(file)), file.content_type),) if attached else ()
    return Letter(
        subject=_("%(title)s är klar") % {"title": file.title},
        text=render_to_string("orders/letters/report_file.txt", told),
        attachments=attachments,
    )


@renderer("party_question")
def party_question_letter(message: OutboxMessage) -> Letter:
    """To the farm that is in turn: can it bring more than it has posted, and until when it may answer."""
    question = PartyQuestion.objects.select_related(
        "supplier", "authority", "product", "agreement_lot__agreement"
    ).get(pk=message.cause_id)
    told = {
        "question": question,
        "unit": unit_name(question.product.base_unit),
        "page_url": f"{settings.SITE_URL}/gard/{question.supplier_id}/fraga/{question.pk}/",
    }
    subject = _("Kan ni leverera mer %(product)s till %(day)s?") % {
        "product": question.product.name_sv,
        "day": f"{question.delivery_date:%Y-%m-%d}",
    }
    return Letter(subject=subject, text=render_to_string("orders/letters/party_question.txt", told))


@renderer("farm_notice")
def farm_notice_letter(message: OutboxMessage) -> Letter:
    """To a kitchen: the farm can bring no more in these days, and what of it the kitchen waits for."""
    notice = FarmNotice.objects.select_related("supplier", "kitchen").get(pk=message.cause_id)
    call_offs = CallOff.objects.filter(
        supplier=notice.supplier_id,
        kitchen=notice.kitchen_id,
        state=CallOff.State.PLACED,
        delivery_date__range=(notice.first_day, notice.last_day),
    ).select_related("product")
    told = {
        "notice": notice,
        "call_offs": call_offs.order_by("delivery_date", "product__sort_key"),
        "kitchen_url": f"{settings.SITE_URL}/kok/{notice.kitchen_id}/",
    }
    subject = _("%(farm)s kan inte lämna mer från %(first)s") % {
        "farm": notice.supplier.name,
        "first": f"{notice.first_day:%Y-%m-%d}",
    }
    return Letter(subject=subject, text=render_to_string("orders/letters/farm_notice.txt", told))
