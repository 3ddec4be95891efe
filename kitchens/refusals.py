"""What the kitchens' actions say no with."""

from config.ground.refusals import Refusal


class RecipeGoesRound(Refusal):
    """``way`` names the recipes from the one to itself."""

    code = "recipe_goes_round"
    status = 422
    what = {
        "sv": "Receptet skulle ingå i sig självt: {way}.",
        "en": "The recipe would be a part of itself: {way}.",
    }
    then = {
        "sv": "Ta bort delreceptet som leder tillbaka.",
        "en": "Take out the part recipe that leads back.",
    }


class MenuLocked(Refusal):
    code = "menu_locked"
    what = {
        "sv": "Menyn för {day} är låst med recept och siffror. Den ändras inte mer.",
        "en": "The menu of {day} is locked with its recipes and figures. It does not change any more.",
    }
    then = {
        "sv": "Blev det en annan rätt? Markera dagen som utan riktigt val, så räknas den inte.",
        "en": "Was another dish served? Mark the day as without a real choice, and it is not counted.",
    }


class ServiceHasBegun(Refusal):
    code = "service_has_begun"
    what = {
        "sv": "Serveringen den {day} började {began}. Rätterna måste låsas dessförinnan.",
        "en": "Service on {day} began {began}. The dishes must be locked before.",
    }
    then = {
        "sv": "Dagen kan inte ge någon besparing. Planera och lås nästa dag.",
        "en": "The day can tell no saving. Plan and lock the next day.",
    }


class MenuNotLocked(Refusal):
    code = "menu_not_locked"
    what = {
        "sv": "Menyn för {day} är inte låst än, så det går inte att räkna val.",
        "en": "The menu of {day} is not locked yet, so choices can't be counted.",
    }
    then = {"sv": "Lås menyn före serveringen.", "en": "Lock the menu before service."}


class OneDishOnly(Refusal):
    code = "one_dish_only"
    what = {
        "sv": "Den {day} serveras bara en rätt, så det finns inget val att räkna.",
        "en": "On {day} only one dish is served, so there is no choice to count.",
    }
    then = {"sv": "Räkna bara gästerna.", "en": "Count the guests only."}


class MoreTapsThanPortions(Refusal):
    """``taps`` includes those that were sent now."""

    code = "more_taps_than_portions"
    what = {
        "sv": "Det blir {taps} tryck, men bara {guests} gäster hade valet.",
        "en": "That makes {taps} taps, but only {guests} guests had the choice.",
    }
    then = {
        "sv": "Se efter om antalet gäster stämmer. Tryck som inte kan stämma räknas inte.",
        "en": "See whether the number of guests is right. Taps that can't be right are not counted.",
    }


class TapsTooFast(Refusal):
    code = "taps_too_fast"
    status = 429
    what = {
        "sv": "Det kommer för många tryck på en gång.",
        "en": "Too many taps come at once.",
    }
    then = {
        "sv": "Plattan sparar dem och skickar igen om {wait_seconds} sekunder.",
        "en": "The tablet keeps them and sends again in {wait_seconds} seconds.",
    }


class TapLinkClosed(Refusal):
    code = "tap_link_closed"
    status = 410
    what = {
        "sv": "Länken till trycksidan gäller inte längre.",
        "en": "The link to the tap page holds no more.",
    }
    then = {
        "sv": "Be köket öppna dagens länk.",
        "en": "Ask the kitchen to open today's link.",
    }


class SurveyTooShort(Refusal):
    code = "survey_too_short"
    status = 422
    what = {
        "sv": "Mätningen har {days} vardagar i rad. Den behöver minst {needed} för att hålla.",
        "en": "The measurement has {days} weekdays in a row. It needs at least {needed} to hold.",
    }
    then = {
        "sv": "Mät fler dagar i rad och skriv in hela perioden.",
        "en": "Measure more days in a row and enter the whole period.",
    }


class WeightsDoubted(Refusal):
    """``kind`` is kitchen, serving or plate; ``kg`` as typed; ``grams`` a guest."""

    code = "weights_doubted"
    status = 422
    what = {
        "sv": "{kg} kg är {grams} g per gäst. Det ser ut som en annan enhet än kilo.",
        "en": "{kg} kg is {grams} g a guest. It looks like another unit than kilograms.",
    }
    then = {
        "sv": "Skriv vikten i kilo: 3 000 gram är 3. Stämmer den, säg det och spara igen.",
        "en": "Write the weight in kilograms: 3,000 grams is 3. If it is right, say so and save again.",
    }
