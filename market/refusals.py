"""What the market's actions say no with."""

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


class DirectAwardLimit(Refusal):
    """``sum_sek`` includes the award that was asked for; the paragraph is of the figure in force on the day."""

    code = "direct_award_limit"
    what = {
        "sv": "Direktupphandlingar av {need} skulle bli {sum_sek} kr. De måste understiga {limit_sek} kr ({paragraph}).",
        "en": "Direct awards of {need} would come to {sum_sek} SEK. They must stay below {limit_sek} SEK ({paragraph}).",
    }
    then = {
        "sv": "Sänk takvärdet, eller annonsera upphandlingen.",
        "en": "Lower the ceiling, or announce the procurement.",
    }


class LawFigureMissing(Refusal):
    code = "law_figure_missing"
    what = {
        "sv": "Beloppet {code} saknas för den {day}, så frågan kan inte bedömas.",
        "en": "The figure {code} is missing for {day}, so the question can't be judged.",
    }
    then = {
        "sv": "Lägg in det beslutade beloppet med källa under lagens belopp.",
        "en": "Enter the enacted figure with its source among the law's figures.",
    }


class CeilingNotRaised(Refusal):
    code = "ceiling_not_raised"
    what = {
        "sv": "Takvärdet är {ceiling_sek} kr i dag och kan här bara höjas.",
        "en": "The ceiling is {ceiling_sek} SEK today and can only be raised here.",
    }
    then = {
        "sv": "Ange ett högre tak. Att sänka ett avtalat tak är ett nytt avtal.",
        "en": "Give a higher ceiling. Lowering an agreed ceiling is a new agreement.",
    }


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


class FactorHeaderUnknown(Refusal):
    code = "factor_header_unknown"
    status = 422
    what = {
        "sv": "Filens rubriker känns inte igen. Dessa saknas eller står två gånger: {missing} (blad: {sheets}).",
        "en": "The file's headings are not known. These are missing or stand twice: {missing} (sheets: {sheets}).",
    }
    then = {
        "sv": "Välj rätt slags fil, eller låt en sparad tolkning säga vilken kolumn som är vilken. Inget gissas.",
        "en": "Choose the right kind of file, or let a saved mapping say which column is which. Nothing is guessed.",
    }


class FactorCellsUnreadable(Refusal):
    code = "factor_cells_unreadable"
    status = 422
    what = {
        "sv": "{count} celler är inga tal: {first}.",
        "en": "{count} cells are no numbers: {first}.",
    }
    then = {
        "sv": "Rätta filen och läs in den igen. Inget är sparat.",
        "en": "Mend the file and read it again. Nothing is saved.",
    }


class FactorMappingUnreadable(Refusal):
    code = "factor_mapping_unreadable"
    status = 422
    what = {
        "sv": "Tolkningen av filen går inte att läsa: {why}.",
        "en": "The mapping of the file can't be read: {why}.",
    }
    then = {
        "sv": "Ange kolumnerna name och kg_co2e_per_kg, och satsens familj.",
        "en": "Give the columns name and kg_co2e_per_kg, and the family of the set.",
    }


class FactorRowsTwice(Refusal):
    code = "factor_rows_twice"
    status = 422
    what = {
        "sv": "Filen har samma nyckel på flera rader: {keys}.",
        "en": "The file has the same key in several rows: {keys}.",
    }
    then = {
        "sv": "Ge varje livsmedel en rad, eller välj en annan nyckelkolumn i tolkningen.",
        "en": "Give each food one row, or choose another key column in the mapping.",
    }


class FactorSetUnknown(Refusal):
    code = "factor_set_unknown"
    status = 422
    what = {"sv": "Faktorsatsen {set} finns inte.", "en": "There is no factor set {set}."}
    then = {
        "sv": "Välj en sats som är inläst. Utelämna den för att räkna med den som är vald.",
        "en": "Choose a set that is loaded. Leave it out to count by the one in use.",
    }


class FactorSetOfAnotherFamily(Refusal):
    code = "factor_set_of_another_family"
    what = {
        "sv": "Satsen {set} hör till {is_family}, filen till {family}.",
        "en": "The set {set} is of {is_family}, the file of {family}.",
    }
    then = {"sv": "Läs in filen som en ny sats.", "en": "Load the file as a new set."}


class FactorFileKind(Refusal):
    code = "factor_file_kind"
    status = 422
    what = {"sv": "{name} är ingen fil som kan läsas här.", "en": "{name} is no file that can be read here."}
    then = {
        "sv": "Välj filen som den gavs ut: CSV eller Excel. Går den inte att öppna i Excel heller, hämta den på nytt.",
        "en": "Choose the file as it was published: CSV or Excel. If Excel can't open it either, fetch it again.",
    }


class TransportCountedAlready(Refusal):
    code = "transport_counted_already"
    status = 422
    what = {
        "sv": "Faktorerna i {set} har redan med vägen till köket.",
        "en": "The factors of {set} hold the way to the kitchen already.",
    }
    then = {"sv": "Utelämna sista sträckan.", "en": "Leave the last leg out."}


class FigureConfirmed(Refusal):
    code = "figure_confirmed"
    what = {
        "sv": "{what} är redan bekräftat av {who}.",
        "en": "{what} is confirmed already, by {who}.",
    }
    then = {
        "sv": "Har lagen ändrats: lägg in ett nytt belopp från den dag det gäller.",
        "en": "If the law has changed: enter a new figure from the day it holds.",
    }


class LaterFigureThere(Refusal):
    code = "later_figure_there"
    what = {
        "sv": "Det finns redan ett belopp för {code} som börjar {valid_from}.",
        "en": "There already is a figure for {code} that begins {valid_from}.",
    }
    then = {
        "sv": "Välj en senare dag. Ett belopp skrivs aldrig över.",
        "en": "Choose a later day. A figure is never overwritten.",
    }


class RegimeTooLow(Refusal):
    code = "regime_too_low"
    what = {
        "sv": "Avtalets tak är {value_sek} kr. Från {limit_sek} kr gäller direktivets regler ({paragraph}).",
        "en": "The agreement's ceilings come to {value_sek} SEK. From {limit_sek} SEK the directive's rules hold ({paragraph}).",
    }
    then = {
        "sv": "Välj reglerna över tröskelvärdet, eller sänk taken.",
        "en": "Choose the rules above the threshold, or lower the ceilings.",
    }


class RegimeNotKnown(Refusal):
    code = "regime_not_known"
    what = {
        "sv": "Tröskelvärdet i kronor är inte känt för {day}, så huset kan inte säga vilka regler som gäller.",
        "en": "The threshold in SEK is not known for {day}, so the house can't tell which rules hold.",
    }
    then = {
        "sv": "Lägg in det kungjorda beloppet bland lagens belopp, eller skriv skälet till att värdet ligger under det.",
        "en": "Enter the published amount among the law's figures, or write the reason why the value lies below it.",
    }


class ConflictOfInterest(Refusal):
    code = "conflict_of_interest"
    status = 403
    what = {
        "sv": "Du har anmält jäv i förhållande till {supplier}, så ärenden om gården är inte dina.",
        "en": "You have declared a conflict of interest with {supplier}, so matters of the farm are not yours.",
    }
    then = {
        "sv": "Lämna det till den som har tagit över: {other}.",
        "en": "Leave it to whoever has taken over: {other}.",
    }


class SupplierExcluded(Refusal):
    code = "supplier_excluded"
    what = {
        "sv": "{supplier} är utesluten från nya avtal genom beslut {day} ({paragraph}).",
        "en": "{supplier} is excluded from new agreements by a decision of {day} ({paragraph}).",
    }
    then = {
        "sv": "Välj en annan leverantör, eller pröva uteslutningen på nytt om gården visar att grunden är borta.",
        "en": "Choose another supplier, or try the exclusion anew if the farm shows that its ground is gone.",
    }


class MatterDecided(Refusal):
    code = "matter_decided"
    what = {
        "sv": "Ärendet är redan avgjort {day} av {who}.",
        "en": "The matter was decided already, on {day} by {who}.",
    }
    then = {
        "sv": "Öppna ett nytt ärende om något har hänt sedan dess.",
        "en": "Open a new matter if something has happened since.",
    }


class DeclarationAsked(Refusal):
    code = "declaration_asked"
    what = {
        "sv": "{supplier} har redan fått frågan och ska svara senast {day}.",
        "en": "{supplier} has been asked already and is to answer by {day}.",
    }
    then = {"sv": "Vänta på svaret, eller ring gården.", "en": "Wait for the answer, or call the farm."}


class BidderTold(Refusal):
    code = "bidder_told"
    what = {
        "sv": "{name} är redan underrättad, {day}.",
        "en": "{name} has been told already, on {day}.",
    }
    then = {
        "sv": "Det som är sagt ändras inte. Skriv till anbudsgivaren om något blev fel.",
        "en": "What was told is not changed. Write to the bidder if something was wrong.",
    }


class MandateTooLow(Refusal):
    code = "mandate_too_low"
    status = 403
    what = {
        "sv": "Din delegation räcker till {up_to_sek} kr, och det här binder myndigheten till {amount_sek} kr.",
        "en": "Your delegation reaches {up_to_sek} SEK, and this binds the authority to {amount_sek} SEK.",
    }
    then = {
        "sv": "Be en upphandlare vars delegation räcker att underteckna.",
        "en": "Ask an officer whose delegation reaches far enough to sign.",
    }


class SecondSignatureNeeded(Refusal):
    code = "second_signature_needed"
    what = {
        "sv": "{amount_sek} kr kräver två underskrifter hos myndigheten, så taket höjs inte av en person.",
        "en": "{amount_sek} SEK takes two signatures at the authority, so one person does not raise the ceiling.",
    }
    then = {
        "sv": "Skriv en ny direktupphandling som två undertecknar.",
        "en": "Write a new direct award that two persons sign.",
    }


class SignedByYou(Refusal):
    code = "signed_by_you"
    what = {
        "sv": "Du har redan undertecknat {title}. Den andra underskriften är någon annans.",
        "en": "You have signed {title} already. The second signature is somebody else's.",
    }
    then = {"sv": "Be en annan upphandlare underteckna.", "en": "Ask another officer to sign."}


class AlreadySigned(Refusal):
    code = "already_signed"
    what = {"sv": "{title} är redan undertecknad av två.", "en": "{title} is signed by two already."}
    then = {"sv": "Inget mer behövs.", "en": "Nothing more is needed."}


class SmallLotRefused(Refusal):
    code = "small_lot_refused"
    what = {
        "sv": "{lot_sek} kr ryms inte: gränsen är {most_sek} kr ({paragraph}).",
        "en": "{lot_sek} SEK does not fit: the bound is {most_sek} SEK ({paragraph}).",
    }
    then = {
        "sv": "Gör delkontraktet mindre, eller annonsera det med resten av upphandlingen.",
        "en": "Make the lot smaller, or announce it with the rest of the procurement.",
    }
