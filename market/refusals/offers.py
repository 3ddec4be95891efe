"""Refusals about goods, offers, lists, prices and questions to farms."""

from config.ground.refusals import Refusal


class StockReserved(Refusal):
    code = "stock_reserved"
    what = {
        "sv": "{reserved} {unit} av {product} är redan beställt. Lagret kan inte sättas till {wanted} {unit}.",
        "en": "{reserved} {unit} of {product} are ordered already. The stock can't be set to {wanted} {unit}.",
    }
    then = {
        "sv": "Sätt lagret till minst det beställda. Kan du inte leverera det, ring köken.",
        "en": "Set the stock to at least what is ordered. If you can't deliver it, call the kitchens.",
    }


class PeriodOverlaps(Refusal):
    code = "period_overlaps"
    what = {
        "sv": "{product} har redan ett lager för {valid_from}–{valid_to}, som delvis är samma dagar.",
        "en": "{product} already has a stock for {valid_from}–{valid_to}, which are partly the same days.",
    }
    then = {
        "sv": "Använd samma dagar som det lagret, eller välj dagar utanför.",
        "en": "Use the same days as that stock, or choose days outside it.",
    }


class NoAnswerTime(Refusal):
    code = "no_answer_time"
    what = {
        "sv": "Avtalet ”{agreement}” har ingen svarstid, så ingen kan säga när gården har tigit för länge.",
        "en": "The agreement “{agreement}” has no answer time, so nobody can say when the farm has been silent too long.",
    }
    then = {
        "sv": "Ring gården, eller fråga upphandlaren vad avtalet säger.",
        "en": "Telephone the farm, or ask the officer what the agreement says.",
    }


class QuestionAnswered(Refusal):
    code = "question_answered"
    what = {"sv": "Frågan är redan besvarad.", "en": "The question is answered already."}
    then = {"sv": "Ring köket om något har ändrats.", "en": "Call the kitchen if something has changed."}


class AnswerTimeOver(Refusal):
    code = "answer_time_over"
    what = {"sv": "Svarstiden gick ut {answer_by}.", "en": "The answer time ended {answer_by}."}
    then = {
        "sv": "Nästa gård får frågan. Lägg ut varan, så kan köken beställa den.",
        "en": "The next farm is asked. Post the goods, and kitchens can order them.",
    }


class OfferWithdrawn(Refusal):
    code = "offer_withdrawn"
    what = {
        "sv": "Erbjudandet {offer} är redan tillbakadraget.",
        "en": "The offer {offer} is withdrawn already.",
    }
    then = {"sv": "Lägg ut det på nytt om det ska säljas.", "en": "Publish it anew if it is to be sold."}


class PriceLooksWrong(Refusal):
    """Asked once: the same price with ``price_is_right`` is taken. ``meant`` is kg, pack or unknown."""

    code = "price_looks_wrong"
    what = {
        "sv": "Priset {price} kr för {product} är {times} gånger från det vanliga, {usual} kr. Per kg eller per låda?",
        "en": "The price {price} SEK for {product} is {times} times off the usual one, {usual} SEK. Per kg or per crate?",
    }
    then = {
        "sv": "Rätta priset, eller svara att det stämmer (price_is_right).",
        "en": "Mend the price, or answer that it is right (price_is_right).",
    }


class ListHasFaults(Refusal):
    code = "list_has_faults"
    status = 422
    what = {
        "sv": "{name} läses inte in: {faults} saker behöver rättas eller svaras på. Inget är ändrat.",
        "en": "{name} is not read in: {faults} things must be mended or answered. Nothing is changed.",
    }
    then = {
        "sv": "Rätta det som står i tabellen, och läs in igen.",
        "en": "Mend what stands in the table, and read it in again.",
    }


class SameListAgain(Refusal):
    code = "same_list_again"
    what = {
        "sv": "{name} är redan inläst för de dagarna. Inget är ändrat.",
        "en": "{name} was read in for those days already. Nothing is changed.",
    }
    then = {
        "sv": "Ändra något i filen, eller ångra den förra inläsningen först.",
        "en": "Change something in the file, or undo the earlier import first.",
    }


class ListUndone(Refusal):
    code = "list_undone"
    what = {
        "sv": "Inläsningen av {name} är redan ångrad.",
        "en": "The import of {name} is undone already.",
    }
    then = {"sv": "Gå tillbaka till listorna.", "en": "Go back to the lists."}


class LaterPriceAgreed(Refusal):
    code = "later_price_agreed"
    what = {
        "sv": "Det finns redan ett pris på {pack} som börjar {valid_from}.",
        "en": "There already is a price of {pack} that begins {valid_from}.",
    }
    then = {
        "sv": "Låt det nya priset börja efter den dagen.",
        "en": "Let the new price begin after that day.",
    }


class NoPriceToChange(Refusal):
    code = "no_price_to_change"
    what = {
        "sv": "Avtalet har inget pris på {pack} den {day}.",
        "en": "The agreement has no price of {pack} on {day}.",
    }
    then = {
        "sv": "Välj en förpackning som avtalet har pris på.",
        "en": "Choose a pack that the agreement has a price of.",
    }


class ProductInUse(Refusal):
    code = "product_in_use"
    what = {
        "sv": "{name} ligger i avtal eller är utlagd: {where}.",
        "en": "{name} lies in agreements or is on offer: {where}.",
    }
    then = {
        "sv": "Slå ihop åt andra hållet, eller vänta tills avtalen är slut och det utlagda är borta.",
        "en": "Merge the other way, or wait until the agreements have ended and the offers are gone.",
    }


class MappingBegins(Refusal):
    code = "mapping_begins"
    what = {
        "sv": "Det finns redan en koppling som börjar {valid_from}.",
        "en": "There already is a mapping that begins {valid_from}.",
    }
    then = {
        "sv": "Låt den nya börja efter den dagen.",
        "en": "Let the new one begin after that day.",
    }
