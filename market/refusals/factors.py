"""Refusals about climate factors and their files."""

from config.ground.refusals import Refusal


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


class FactorColumnOfAnotherUnit(Refusal):
    code = "factor_column_of_another_unit"
    status = 422
    what = {
        "sv": "Kolumnen ”{heading}” säger en annan enhet än kg CO2e per kg.",
        "en": 'The column "{heading}" says another unit than kg CO2e per kg.',
    }
    then = {
        "sv": "Peka ut kolumnen per kg i tolkningen, eller räkna om den i filen. Inget räknas om här.",
        "en": "Point out the column per kg in the mapping, or convert it in the file. Nothing is converted here.",
    }


class FactorSheetsAlike(Refusal):
    code = "factor_sheets_alike"
    status = 422
    what = {
        "sv": "Flera blad i filen har de rubrikerna: {sheets}.",
        "en": "Several sheets of the file have those headings: {sheets}.",
    }
    then = {
        "sv": "Säg i tolkningen vilket blad som gäller (sheet). Inget gissas.",
        "en": "Say in the mapping which sheet holds (sheet). Nothing is guessed.",
    }


class FactorRowsTwice(Refusal):
    code = "factor_rows_twice"
    status = 422
    what = {
        "sv": "Filen säger olika saker om samma nyckel på flera rader: {keys}.",
        "en": "The file says different things of the same key in several rows: {keys}.",
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
