"""What orders are refused with."""

from config.ground.refusals import Refusal


class NoDeliveryThatDay(Refusal):
    code = "no_delivery_that_day"
    what = {
        "sv": "Ingen leverans går till {hub} den {day}.",
        "en": "No delivery goes to {hub} on {day}.",
    }
    then = {"sv": "Välj en annan leveransdag.", "en": "Choose another delivery day."}


class CutOffPassed(Refusal):
    code = "cut_off_passed"
    what = {
        "sv": "Stopptiden för {supplier} var {cut_off}. Raden är bindande sedan dess.",
        "en": "The cut-off of {supplier} was {cut_off}. The line is binding since then.",
    }
    then = {
        "sv": "Be leverantören godkänna en ändring, eller beställ till nästa leveransdag.",
        "en": "Ask the supplier to agree to a change, or order for the next delivery day.",
    }


class RunNotDue(Refusal):
    code = "run_not_due"
    what = {"sv": "Stopptiden är först {cut_off}.", "en": "The cut-off is not until {cut_off}."}
    then = {"sv": "Vänta tills den passerat.", "en": "Wait until it has passed."}


class AnsweredAlready(Refusal):
    code = "answered_already"
    what = {
        "sv": "Inköpsordern {number} är redan besvarad.",
        "en": "The purchase order {number} is answered already.",
    }
    then = {"sv": "Ring köket om något har ändrats.", "en": "Call the kitchen if something has changed."}


class MoreThanThereIs(Refusal):
    """A quantity that the movements before it don't allow: more confirmed than ordered, more handed over …"""

    code = "more_than_there_is"
    status = 422
    what = {
        "sv": "{product}: {asked} är mer än de {most} som finns att ta av.",
        "en": "{product}: {asked} is more than the {most} that there are.",
    }
    then = {"sv": "Rätta antalet.", "en": "Mend the quantity."}


class NotAnsweredYet(Refusal):
    code = "not_answered_yet"
    what = {
        "sv": "{supplier} har inte svarat på inköpsordern {number} än.",
        "en": "{supplier} has not answered the purchase order {number} yet.",
    }
    then = {
        "sv": "Be gården bekräfta ordern, och ta sedan emot godset.",
        "en": "Ask the farm to confirm the order, then take over the goods.",
    }


class HandedOverAlready(Refusal):
    code = "handed_over_already"
    what = {
        "sv": "Godset på {number} är redan mottaget vid navet.",
        "en": "The goods of {number} are taken over at the hub already.",
    }
    then = {"sv": "Kontrollera numret på följesedeln.", "en": "Check the number on the delivery note."}


class ReceivedAlready(Refusal):
    code = "received_already"
    what = {"sv": "{product} är redan kvitterad.", "en": "{product} is received already."}
    then = {
        "sv": "Registrera en retur om godset ska tillbaka.",
        "en": "Record a return if the goods go back.",
    }


class NotHandedOverYet(Refusal):
    code = "not_handed_over_yet"
    what = {
        "sv": "{product} från {supplier} är inte mottagen vid navet än.",
        "en": "{product} from {supplier} has not been taken over at the hub yet.",
    }
    then = {"sv": "Ring navet innan du kvitterar.", "en": "Call the hub before you receive it."}


class TryAgain(Refusal):
    """An offer was posted in the very moment between two looks; nothing was written."""

    code = "try_again"
    what = {
        "sv": "Utbudet ändrades just när du beställde. Inget är beställt.",
        "en": "The range changed in the moment you ordered. Nothing is ordered.",
    }
    then = {"sv": "Skicka beställningen en gång till.", "en": "Send the order once more."}
