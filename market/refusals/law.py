"""Refusals about the law: agreements, awards, standing, signatures."""

from config.ground.refusals import Refusal


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


class OrganicNotCertified(Refusal):
    """``goods`` names each farm with its goods; ``day`` is that of the signature."""

    code = "organic_not_certified"
    what = {
        "sv": "Avtalet kräver ekologiskt, men inget certifikat gäller den {day} för {goods}.",
        "en": "The agreement asks for organic goods, but no certificate holds on {day} for {goods}.",
    }
    then = {
        "sv": "Be gården lägga in sitt nya certifikat, eller ta bort varan eller kravet. Inget är undertecknat.",
        "en": "Ask the farm to enter its new certificate, or take out the goods or the requirement. Nothing is signed.",
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


class BidsSealed(Refusal):
    code = "bids_sealed"
    status = 403
    what = {
        "sv": "Vilka som lämnade anbud, och hur många, är hemligt till dess tilldelningen är beslutad ({paragraph}). Det visas bara för den som handlägger upphandlingen.",
        "en": "Who bid, and how many, is secret until the award is decided ({paragraph}). It is shown only to those who handle the procurement.",
    }
    then = {
        "sv": "Be den som handlägger den att ta med dig, eller vänta på beslutet.",
        "en": "Ask whoever handles it to assign you too, or wait for the decision.",
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


class ChangeTooLarge(Refusal):
    """``sum_sek`` is what was judged: of small changes all together, of others the change itself."""

    code = "change_too_large"
    what = {
        "sv": "Ändringarna skulle bli {sum_sek} kr, och gränsen är {limit_sek} kr ({paragraph}).",
        "en": "The changes would come to {sum_sek} SEK, and the limit is {limit_sek} SEK ({paragraph}).",
    }
    then = {
        "sv": "Gör ändringen mindre, pröva en annan grund, eller upphandla på nytt.",
        "en": "Make the change smaller, try another ground, or procure anew.",
    }


class OvershootDecided(Refusal):
    code = "overshoot_decided"
    what = {
        "sv": "Det som gick över taket är redan beslutat.",
        "en": "What went over the ceiling is decided already.",
    }
    then = {
        "sv": "Se beslutet på delkontraktets sida.",
        "en": "See the decision on the lot's page.",
    }


class AgreementEnded(Refusal):
    code = "agreement_ended"
    what = {
        "sv": "Avtalet är redan avslutat, eller aldrig undertecknat.",
        "en": "The agreement is ended already, or was never signed.",
    }
    then = {
        "sv": "Se avtalets sida.",
        "en": "See the agreement's page.",
    }
