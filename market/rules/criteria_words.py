"""The words by which a requirement gives away that it asks for a place, a brand or an hour, in Swedish and a little English.

Patterns are matched in one sentence at a time, without regard to case unless they name places or brands.
"""

import re

ANY_CASE = re.IGNORECASE

FOOD = re.compile(
    r"(?:potatis|rotfrukt|rotsak|morot|morött|palsternack|rödbet|lök|purjo|\w*kål|grönsak|grönt|sallad|gurk|tomat|ärt|bön(?:a|or)"
    r"|svamp|frukt|äpple|äppel|päron|plommon|\w*bär\b|jordgubb|hallon|lingon|rabarber|\w*kött|nöt|biff|\w*färs\b|lamm|gris"
    r"|fläsk|skink|korv|kyckling|fjäderfä|höns|kalkon|vilt|älg|rådjur|renskav|fisk|gös|gädd|abborr|röding|lax|ägg|\w*mjölk"
    r"|filmjölk|yoghurt|grädd|smör|ost(?:ar|en|arna)?\b|mejeriprodukt|mejerivar|bröd|mjöl|gryn|havre|vete|råg|spannmål|honung|sylt"
    r"|saft|must\b|råvar|livsmed|matvar|mat(?:en)?\b|mathantverk|produkt|varor|vara\b|gröd|charkuteri|senap|löjrom|raps|kvarnprodukt"
    r"|goods|food|produce|meat|milk|potato|vegetable|eggs?\b|beef|pork|lamb)",
    ANY_CASE,
)
FARM = re.compile(
    r"(?:producent|\w*odlare|bonde|bönder|lantbruk|jordbruk|gård(?:ar|en|arna|s)?\b|\w*mejeri(?:er|et|erna)?\b|\w*slakteri"
    r"|bageri|bagare|fiskare|uppfödare|förädlare|\w*producent|småföretag|näringsliv|mathantverkare|farm|producer|grower|dairy)",
    ANY_CASE,
)
TRADER = re.compile(
    rf"(?:{FARM.pattern}|leverantör|anbudsgivar|företag|entreprenör|aktör|grossist|supplier|compan(?:y|ies)|business)",
    ANY_CASE,
)
MADE = re.compile(
    r"(?:odla|\w*odlad|\w*odlat|produc|produktion|framställ|uppföd|uppföt|född|fött|föds|fötts|slakt(?:a|ad|at|as|ats|ade)\b|slakten"
    r"|skörd|fånga|tillverka|förädla|mjölka|plocka|baka|bryggt?\b|vuxit|kläck|ursprung|härrör|härstamma|kommer\b|komma\b"
    r"|grown|raised|produced|sourced|slaughtered|made)",
    ANY_CASE,
)
STOP_WORDS = frozenset(
    [
        "som",
        "för",
        "med",
        "hos",
        "till",
        "där",
        "när",
        "vid",
        "utan",
        "om",
        "att",
        "ska",
        "skall",
        "får",
        "måste",
        "är",
        "av",
        "i",
        "på",
        "inom",
        "från",
        "under",
        "enligt",
        "mot",
        "per",
        "än",
        "innan",
    ]
)
OFFICE = re.compile(
    r"(?:nämnd|kontroll|enhet|avdelning|förvaltning|myndighet|policy|strategi|plan|program|verket|lag|lagen|lagstiftning"
    r"|föreskrift|föreskrifter|regler|regelverk|standard|hygien|lokal|anläggning|hantering|säkerhet|verksamhet)\w*$",
    ANY_CASE,
)

LOCAL_COMPOUND = re.compile(
    r"\b(?:när|lokalt?|regionalt?)-?(?:produ[ck]|odla|odling|uppfö|född|fött|slakt|skörd|fånga|tillverk|förädla|framställ|framtag|bonde|bönder"
    r"|mejeri|råvar|livsmed|baka|brygg|ysta)\w*"
    r"|\b(?:lokal|regional)(?:gård|leverantör|ägd|ägt|ägda|företag|mat)\w*"
    r"|\bnärmat(?:en|ens)?\b(?!\s+sig)",
    ANY_CASE,
)
LOCAL_ADJECTIVE = re.compile(r"\b(?:lokal|regional)(?:t|a)?\b|\blocal(?:ly)?\b|\bregionally?\b", ANY_CASE)
LOCAL_NOUN = re.compile(
    r"(?:förank|anknyt|ursprung|närvaro|mathantverk|smak|utbud|sortiment|specialitet|kretslopp|livsmed)",
    ANY_CASE,
)
BUY_LOCALLY = re.compile(
    r"\b(?:produc\w+|odla\w*|köp\w*|inköp\w*|upphandla\w*|handla\w*|slakta\w*|uppfödd\w*|uppfött\w*)\s+(?:in\s+)?lokalt\b",
    ANY_CASE,
)
NEAR = re.compile(
    r"\bnära\s+(?:produ[ck]|odla|uppfö|slakt|skörd|tillverk)\w*"
    r"|\bfrån\s+(?:det\s+|vårt\s+)?närområdet\b"
    r"|\b(?:närliggande|närbeläg(?:en|et|na)|närmaste|kringliggande|omkringliggande)\s+(?:\w+\s+)?"
    r"(?:gård(?:ar|en)?\b|odlare|producent|bönder|lantbruk|jordbruk|mejeri|slakteri|bageri|leverantör)\w*",
    ANY_CASE,
)
NEIGHBOURHOOD = re.compile(
    r"\b(?:i|inom)\s+(?:vårt\s+|det\s+)?närområdet\b|\bi\s+närheten\b|\b(?:från|i|ur)\s+(?:trakten|bygden|orten)\b|\bpå\s+orten\b"
    r"|\b(?!lands|gles)\w*bygdens?\b|\btraktens\b|\bortens\b|\bhem(?:trakt|ort)en\w*|\bnärregion\w*",
    ANY_CASE,
)
OF_THE_MUNICIPALITY = re.compile(
    rf"\b(?:kommunens|länets|regionens|socknens|landskapets|hembygdens)\s+(?:egna\s+)?{FARM.pattern}",
    ANY_CASE,
)
WITHIN_BORDERS = re.compile(
    r"\b(?:i|inom|från)\s+(?:den\s+egna\s+|egna\s+|vår\s+|vårt\s+)?(?:kommunen|länet|regionen|landskapet|socknen|kommun|kommunens gränser"
    r"|kommungränsen|länsgränsen)\b",
    ANY_CASE,
)

NATIONAL_COMPOUND = re.compile(
    r"\b(?:svensk|sverige)-?(?:odla|produc|producera|född|fött|uppfö|slakta|tillverka|fånga|skörda|kött|mjölk|gård|ägg|märk)\w*",
    ANY_CASE,
)
NATIONAL_ADJECTIVE = re.compile(
    r"\b(?:svensk(?:t|a)?|inhemsk(?:t|a)?|norsk(?:t|a)?|dansk(?:t|a)?|finsk(?:t|a)?|isländsk(?:t|a)?|nordisk(?:t|a)?|swedish)\b",
    ANY_CASE,
)
NATIONAL_NOUN = re.compile(
    r"(?:ursprung|härkomst|uppföd|insjö|sjöar|vatten|hagar|djur\b|besättning|origin)", ANY_CASE
)
SAID_TO_BE = re.compile(
    r"\b(?:vara|är|helst)\s+(?:i\s+första\s+hand\s+)?(?P<word>(?P<local>lokal(?:t|a)?)|svensk(?:t|a)?|inhemsk(?:t|a)?)"
    r"(?=\s*$|\s*[,.)]|\s+(?:och|eller|samt)\b)",
    ANY_CASE,
)
SAID_BESIDE = re.compile(r"(?:,|%|\()\s*(?P<word>svenskt?)(?=\s*$|\s*[,.)]|\s+klass)", ANY_CASE)
IN_SWEDEN = re.compile(r"\b(?:i|från|inom|ur|in|from)\s+(?:Sverige|landet|Sweden)\b", ANY_CASE)
ORIGIN_IS = re.compile(
    r"\b(?:ursprung(?:et|sland(?:et)?)?|härkomst|origin)\s*(?:[:=]|\bär\b|\bska(?:ll)?\s+vara\b|\bi\b|\bfrån\b|\bmåste\s+vara\b)?\s*"
    r"(?:Sverige|Sweden|Norge|Danmark|Finland|SE\b|svensk\w*)"
    r"|\b(?:Sverige|Norge|Danmark|Finland)\s+som\s+ursprung\w*",
    ANY_CASE,
)
TO_BE_TOLD = re.compile(
    r"\b(?:ange|anges|uppge|uppges|redovisa|redovisas|framgå|framgår|märka|märkas|uppgift|uppgifter)\b",
    ANY_CASE,
)

PROVINCE = re.compile(
    r"\b(?:sörmländsk|södermanländsk|skånsk|gotländsk|öländsk|småländsk|västgötsk|östgötsk|värmländsk|dalsländsk|norrländsk|jämtländsk"
    r"|halländsk|uppländsk|västmanländsk|blekingsk|bohuslänsk|hälsingsk|västerbottnisk|närkingsk|österlensk)(?:t|a)?\b",
    ANY_CASE,
)
PROVINCE_SAID_TO_BE = re.compile(
    rf"\b(?:vara|är|helst)\s+(?:i\s+första\s+hand\s+)?(?P<word>{PROVINCE.pattern})(?=\s*$|\s*[,.)]|\s+(?:och|eller|samt)\b)",
    ANY_CASE,
)
PREPOSITION = re.compile(r"\b(i|från|inom|på|kring|runt|utanför|ur|in|from)\s+$", ANY_CASE)
NO_PLACE = r"(?!EU\b|EES\b|Europa|Eu\b|Sverige\b|Sweden\b|Norden\b|TRACES|Dabas|Leverant|Beställ|Köpar|Säljar|Gross|Måltid|Kommun|Nav|Hub|Upphandl|Vi\b|Ni\b)"
FROM_SOMEWHERE = re.compile(rf"\b(?:från|from)\s+({NO_PLACE}[A-ZÅÄÖ][\wåäö-]+)")
FARM_SOMEWHERE = re.compile(rf"\b(?:i|från|på|in|from)\s+({NO_PLACE}[A-ZÅÄÖ][\wåäö-]+)")
MADE_SOMEWHERE = re.compile(
    rf"\b(?:(?i:odlad|odlat|odlade|producerad|producerat|producerade|uppfödd|uppfött|uppfödda|född|fött|slaktad|slaktat|slaktade|skördad"
    r"|skördat|skördade|fångad|fångat|fångade|tillverkad|tillverkat|tillverkade|förädlad|förädlat|förädlade|bakad|bakat|grown|raised"
    rf"|produced))\s+(?:i|från|på|in)\s+({NO_PLACE}[A-ZÅÄÖ][\wåäö-]+)"
)

NUMBER = (
    r"(?:\d[\d  .,]{0,9}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|femton|tjugo|tjugofem|trettio|fyrtio|femtio|sextio"
    r"|sjuttio|sjuttiofem|åttio|nittio|hundra|etthundra|tvåhundra|tvåhundrafemtio|femhundra)(?:\s*\(\s*\w+\s*\))?"
)
DISTANCE = re.compile(
    rf"(?<![\w.,]){NUMBER}\s*-?\s*(?:km|kilometer|kilometers|mils|mil)\b(?:\s*radie\w*)?"
    r"|\b\d[\d  ]{0,6}\d{3}\s*(?:m|meter)\b"
    rf"|\b(?:{NUMBER})?-?(?:kilometers|mils)(?:radie|vid|gräns|zon)\w*",
    ANY_CASE,
)
LIMITED = re.compile(
    r"\b(?:inom|högst|max|maximalt|maximal|mindre\s+än|under|upp\s+till|närmare\s+än|längre\s+än|längre\s+bort\s+än|mer\s+än|överstiga"
    r"|överstiger|kortare\s+än|within|at\s+most|less\s+than|radie\s+(?:på|av|om))\b[^.;]{0,25}$|[<≤]\s*$",
    ANY_CASE,
)
RADIUS = re.compile(r"radie|vid|gräns|zon", ANY_CASE)
AWAY = re.compile(r"\s*(?:ifrån|från|bort|avstånd|omkrets|from)\b", ANY_CASE)
ROAD = re.compile(
    r"(?:kr|kronor|sek|öre|ersättning|kostnad|taxa|pris)\w*[^.;]{0,30}(?:/|per\s+)(?:km|kilometer|mil)\b|\bmilersättning\w*|\bkilometerersättning"
    r"|\bräckvidd\w*|\bkörsträcka\w*|\bmätarställning\w*|\bdäck\w*|\bservice\w*|\bg(?:ram)?\s*(?:CO2e?|koldioxid)?\s*(?:/|per\s+)km"
    r"|\b(?:liter|kWh)\w*[^.;]{0,10}(?:/|per\s+)(?:km|mil|100)|\brutt(?:en|ens|erna)?\b|\bslingan?\b|\bmellan\s+(?:köken|enheterna|skolorna)",
    ANY_CASE,
)
WEIGHED = re.compile(
    r"\b(?:poäng|mervärde\w*|vikta\w*|viktning\w*|premiera\w*|prioritera\w*|företräde|prisavdrag|rangordna\w*|så\s+(?:kort|nära)\b|points?|score\w*)\b",
    ANY_CASE,
)
CLOSENESS = re.compile(
    r"\b(?:(?:leverans|transport)?avstånd\w*|närhet\w*|(?:kort|kortast|korta|kortare)\s+(?:\w+\s+)?(?:sträcka|transport\w*|transportsträcka|avstånd|väg)"
    r"|transportsträcka\w*|närmast|distance|proximity)\b",
    ANY_CASE,
)
PER_ROAD = re.compile(r"(?:/|\bper\s+)\s*(?:km|kilometer|mil)\b", ANY_CASE)
TO_THE_KITCHEN = re.compile(r"\s*(?:till|från|mellan|to|from)\b", ANY_CASE)
TIME_ON_THE_ROAD = re.compile(
    r"\b(?:transport|kör)(?:tid|sträck)\w*(?=[^.;]{0,20}\b(?:högst|max\w*|inte\s+(?:över|mer)|längre\s+än|under)\b)"
    r"(?=[^.;]{0,60}\b(?:från|till)\s+(?:\w+\s+)?(?:kök|skol|kommun|gård|nav|leveransadress))",
    ANY_CASE,
)

SEATED = re.compile(
    r"\b(?:säte|lager|depå|filial|huvudkontor|hemvist|lokalkontor|kontor|driftställe|driftsställe|verksamhetsställe|hemmahörande|etablerad|etablerat|skattskriven|mantalsskriven"
    r"|belägen|beläget|belägna|registrerad|registrerat|registrerade|bedriv\w+\s+(?:sin\s+)?verksamhet|ha(?:r)?\s+(?:sin\s+)?verksamhet|ligga|ligger"
    r"|finnas|seat|headquarters|based|located)\b[^.;,]{0,30}?\b(?:i|inom|in|within)\s+(?:the\s+)?$",
    ANY_CASE,
)
SEAT_WHO = re.compile(
    r"(?:leverantör|anbudsgivar|producent|företag|gård|odlare|slakteri|mejeri|bageri|anläggning|supplier|farm|tenderer)",
    ANY_CASE,
)
BORDER = re.compile(r"\b(?:kommunen|länet|regionen|orten|municipality|region|county)\b", ANY_CASE)
ALWAYS_SEAT = re.compile(
    r"\bsäte\s+i(?:nom)?\s+(?:kommunen|länet|regionen|Sverige|landet)\b|\bsvenskt\s+organisationsnummer\b|\b(?:lokalt|svenskt)\s+säte\b",
    ANY_CASE,
)

EQUIVALENT = re.compile(
    r"\blikvärdig\w*|\blikv\.|\blikv$|\beller\s+EU-?eko\w*|\b(?:eller|el\.?|/)\s*(?:annan\s+|annat\s+|minst\s+|därmed\s+)?(?:motsvarande|jämförbar\w*|jämbördig\w*|bättre)|\bequivalent\b",
    ANY_CASE,
)
OF_BRAND = re.compile(
    r"\b(?i:varumärket?|märket?|fabrikat(?:et)?)\s*[:=]?\s*[\"”“'»]?((?!Ange\b|Fyll\b|Se\b|EU\b|Anges\b)[A-ZÅÄÖ][\w&'’-]+)|(\b[\w&'’-]+)\s?[®™]"
)
LABEL = re.compile(
    r"\bKRAV(?:-?(?i:märk|certifi|godkän|ansluten)\w*|\s+(?i:märk|certifi|godkän)\w*)|\b(?i:krav)-?(?i:märkt|märkta|märkning|certifierad|certifierade)\w*"
    r"|(?<=enligt )KRAV\b|(?<=vara )KRAV\b"
    r"|\b(?:MSC|ASC|Fairtrade|Rainforest Alliance|Demeter|Svenskt Sigill|IP Sigill|Svensk Fågel|Svensk fågel)\b(?:-?\w+)?|\bFrån Sverige-?(?i:märk)\w*"
)
FRESH = re.compile(
    r"\b(?:dagsfärsk|nyskörd|nyplock|nymjölk|nyslakt|nyfång|dagsfångad|nybak|dagsskörd)\w*"
    r"|\b(?:skörda|plocka|slakta|baka|fånga|mjölka)\w*\s+(?:på\s+)?samma\s+(?:dag|dygn|morgon)\b"
    r"|\bsamma\s+(?:dag|dygn|morgon)\s+som\s+(?:den|det|de|varan|varorna|produkten)?\s*(?:har\s+|är\s+)?(?:skörd|plock|slakt|bak|fång|mjölk)\w*"
    rf"|(?<![\w.,]){NUMBER}\s*(?:timmar|timme|h|dygn|dagar|dag)\s+(?:efter|från|sedan|innan)\s+(?:att\s+\w+\s+(?:har\s+)?)?"
    r"(?:skörd|plock|slakt|bakning|fångst|mjölkning|värpning|upptagning|skördetillfället)\w*"
    rf"|\b(?:skörda|plocka|slakta|fånga|mjölka)\w*\s+(?:högst|max(?:imalt)?|inom)\s+{NUMBER}\s*(?:timmar|timme|h|dygn|dagar|dag)\b",
    ANY_CASE,
)
LEAD_TIME = re.compile(
    r"(?<![\w.,])(?P<n>\d+|en|ett|två|tre|fyra|fem|sex|åtta|tolv|tjugofyra)\s*(?P<unit>minuter|timmar|timme|h|tim)\s+(?:efter|från)\s+"
    r"(?:det\s+att\s+)?(?:mottagen\s+|lagd\s+|lämnad\s+)?(?:beställning|avrop|order|beställd)\w*"
    r"|\blevereras?\s+samma\s+dag\s+som\s+(?:beställning|avrop|order)\w*|\bsamma\s+dag\s+som\s+(?:beställning|avrop|order)\w*",
    ANY_CASE,
)
REASONED = re.compile(
    r"\b(?:eftersom|därför\s+att|då\s+kvalit\w+|med\s+hänsyn\s+till|på\s+grund\s+av|av\s+hänsyn|motiver\w+|för\s+att\s+(?:kvalit\w+|hållbarhet\w*|vitamin\w*))\b",
    ANY_CASE,
)
NATIONAL_LAW = re.compile(
    r"\bsvensk(?:t|a)?\s+(?:\w+\s+)?(?:djurskydd\w*|djurhåll\w*|djurvälfärd\w*|djuromsorg\w*|djurskyddsnivå\w*|antibiotika\w*)"
    r"|\bdjurskyddslagen\b(?:\s*\(\s*2018:1192\s*\))?|\b2018:1192\b|\bswedish\s+animal\s+(?:welfare|protection)\w*(?:\s+(?:law|act|legislation))?",
    ANY_CASE,
)
SOME_SWEDISH_LAW = re.compile(
    r"\bsvensk(?:t|a)?\s+(?:lag|lagen|lagar|lagstiftning\w*|regelverk\w*|regler\w*|nivå\w*|bestämmelser)\b",
    ANY_CASE,
)
ANIMALS = re.compile(
    r"(?:djur|uppföd|slakt|antibiotik|salmonell|gris|kyckling|nötkött|bete|kuper|höns|kor\b|mjölkko)",
    ANY_CASE,
)

IN_FORMULA = re.compile(
    r"\b\w*(?:avstånd|distans|närhet)\w*|\bnärmast\w*|\bdistance\w*|\bproximity\b|\bnearest\b|\bis_?local\b|\borigin\w*|\bursprung\w*|\bort\b|\bpostort\w*|\bpostnummer\w*"
    r"|\bpostal_?code\b|\bkommun(?:en|kod)?\b|\blän(?:et|skod)?\b|\blatitud\w*|\blongitud\w*|\bkilometer\b|\b(?:km|mil)\b|\blokal\w*|\blocal\w*|\bregional\w*"
    r"|\bsvensk\w*|\bsverige\b|\bhemort\w*|\bproduktionsort\w*|\bcountry\w*|\bland\b|\bfood_?miles\b|\bmatmil\w*",
    ANY_CASE,
)
