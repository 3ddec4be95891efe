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


class LinkOver(Refusal):
    code = "link_over"
    status = 410
    what = {
        "sv": "Länken gäller inte längre: leveransdagen har passerat.",
        "en": "The link holds no longer: the delivery day has passed.",
    }
    then = {
        "sv": "Logga in för att se inköpsordern, eller ring köparen.",
        "en": "Sign in to see the purchase order, or call the buyer.",
    }


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


class InvoiceWithoutOrder(Refusal):
    """The reference names no purchase order of this buyer to this supplier; whose it may be is not told."""

    code = "invoice_without_order"
    status = 422
    what = {
        "sv": "Fakturan {number} anger ordern ”{reference}”. Det är ingen inköpsorder från köparen till leverantören.",
        "en": "The invoice {number} names the order “{reference}”. That is no purchase order of the buyer to the supplier.",
    }
    then = {
        "sv": "Skicka fakturan igen med inköpsorderns nummer, till den som beställde.",
        "en": "Send the invoice again with the purchase order's number, to the one who ordered.",
    }


class DueTooLate(Refusal):
    """``days`` and ``paragraph`` are of the law figure in force on the invoice's date."""

    code = "due_too_late"
    status = 422
    what = {
        "sv": "Fakturan {number} förfaller {due_on}. Livsmedel ska betalas inom {days} dagar, senast {last} ({paragraph}).",
        "en": "The invoice {number} is due {due_on}. Food is to be paid within {days} days, by {last} ({paragraph}).",
    }
    then = {
        "sv": "Sätt förfallodagen till den dagen eller tidigare.",
        "en": "Set the due date to that day or an earlier one.",
    }


class DearerThanAgreed(Refusal):
    code = "dearer_than_agreed"
    status = 422
    what = {
        "sv": "{product}: {asked} kr är mer än avtalets pris ger, {most} kr.",
        "en": "{product}: {asked} SEK is more than the agreed price gives, {most} SEK.",
    }
    then = {
        "sv": "Fakturera avtalets pris. En prishöjning ska stå i avtalet först.",
        "en": "Invoice the agreed price. A rise must stand in the agreement first.",
    }


class SumNotRight(Refusal):
    code = "sum_not_right"
    status = 422
    what = {
        "sv": "{number}: att betala är {asked} kr, men raderna med moms blir {sum_sek} kr.",
        "en": "{number}: to pay is {asked} SEK, but the lines with VAT come to {sum_sek} SEK.",
    }
    then = {
        "sv": "Räkna momsen en gång per momssats på radernas summa, efter leveransdagens sats.",
        "en": "Reckon the VAT once a rate on the sum of its lines, at the rate of the delivery day.",
    }


class PaperBookedAlready(Refusal):
    code = "paper_booked_already"
    what = {
        "sv": "Leverantören har redan {number} bokförd.",
        "en": "The supplier has {number} booked already.",
    }
    then = {
        "sv": "Kontrollera numret. En bokförd faktura ändras bara med en kreditnota.",
        "en": "Check the number. A booked invoice is changed by a credit note alone.",
    }


class CreditedTooMuch(Refusal):
    code = "credited_too_much"
    status = 422
    what = {
        "sv": "{product}: {asked} är mer än de {most} som är kvar av fakturan.",
        "en": "{product}: {asked} is more than the {most} that are left of the invoice.",
    }
    then = {"sv": "Rätta kreditnotan.", "en": "Mend the credit note."}


class PeriodNotOver(Refusal):
    code = "period_not_over"
    what = {
        "sv": "Perioden till och med {last} är inte slut: den kan ännu ändras, eller så kan underlaget inte publiceras.",
        "en": "The period until {last} is not over: it may still change, or its basis can't be published.",
    }
    then = {
        "sv": "Välj en period som har gått, där alla leveransdagar är stängda, beställt eller levererat.",
        "en": "Choose a period that has passed, with every delivery day closed, ordered or delivered.",
    }


class NothingToCount(Refusal):
    code = "nothing_to_count"
    status = 422
    what = {
        "sv": "I perioden finns inga varor med både vikt och faktor. Det är ingen nolla: vi vet inget.",
        "en": "The period has no goods with both a weight and a factor. That is no zero: we know nothing.",
    }
    then = {
        "sv": "Välj en annan period eller ett annat underlag, eller koppla varorna till livsmedel först.",
        "en": "Choose another period or basis, or map the goods to foods first.",
    }


class NoFactorSetInUse(Refusal):
    code = "no_factor_set_in_use"
    what = {"sv": "Ingen faktorsats är vald.", "en": "No factor set is in use."}
    then = {"sv": "Välj en sats först.", "en": "Choose a set first."}


class CorrectionNeedsReason(Refusal):
    code = "correction_needs_reason"
    status = 422
    what = {
        "sv": "Siffran för perioden är redan publicerad. En rättelse är en ny version.",
        "en": "The figure of the period is published already. A correction is a new version.",
    }
    then = {"sv": "Skriv varför den rättas.", "en": "Write why it is corrected."}


class NothingNewToPublish(Refusal):
    code = "nothing_new_to_publish"
    what = {
        "sv": "Raderna och faktorerna är desamma som i den publicerade siffran {published}.",
        "en": "Rows and factors are the same as in the published figure {published}.",
    }
    then = {"sv": "Det finns inget att rätta.", "en": "There is nothing to correct."}


class NotCompared(Refusal):
    code = "not_compared"
    status = 409
    what = {"sv": "Siffrorna jämförs inte: {why_sv}.", "en": "The figures are not compared: {why_en}."}
    then = {
        "sv": "Räkna om båda med samma sats och underlag, och koppla de tyngsta varorna utan faktor.",
        "en": "Count both by the same set and basis, and map the heaviest products without a factor.",
    }


class KitchenOnAnotherRound(Refusal):
    code = "kitchen_on_another_round"
    what = {
        "sv": "{kitchen} är redan med på rundan {round} den dagen.",
        "en": "{kitchen} is on the round {round} that day already.",
    }
    then = {
        "sv": "Skriv om den rundan under samma namn, eller lämna köket utanför den här.",
        "en": "Write that round again under its name, or leave the kitchen out of this one.",
    }


class CaseSealed(Refusal):
    code = "case_sealed"
    status = 403
    what = {
        "sv": "Ärendet kan inte lämnas ut än: till dess tilldelningen är beslutad är anbud hemliga, också hur många de är ({paragraph}).",
        "en": "The case can't be handed out yet: until the award is decided bids are secret, and their number too ({paragraph}).",
    }
    then = {
        "sv": "Neka utlämnandet med hänvisning till paragrafen, och pröva igen när beslutet är fattat.",
        "en": "Refuse the request by that paragraph, and try again when the decision is made.",
    }


class WeighedAlready(Refusal):
    code = "weighed_already"
    what = {
        "sv": "Dagarna {first}–{last} är redan vägda: samma varor skulle räknas två gånger.",
        "en": "The days {first}–{last} are weighed already: the same goods would be counted twice.",
    }
    then = {
        "sv": "Skriv om den vägningen med samma dagar, eller välj andra dagar.",
        "en": "Write that weighing again with the same days, or choose other days.",
    }


class TooManyFilesWaiting(Refusal):
    code = "too_many_files_waiting"
    what = {
        "sv": "Du har redan {most} filer som görs.",
        "en": "You have {most} files in the making already.",
    }
    then = {
        "sv": "Vänta tills någon av dem är klar, och be om den här igen.",
        "en": "Wait until one of them is ready, and ask for this one again.",
    }
