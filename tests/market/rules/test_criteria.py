"""What a requirement may not ask for, sentence by sentence, both ways."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import market
from market.rules.criteria import Finding, Reading, read_text
from market.rules.criteria_matters import LEVERS, Known, Lever, Matter, Use, Verdict

DATA = Path(market.__file__).parent / "data"


def names_of(file: str) -> frozenset[str]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return frozenset(row["name"] for row in csv.DictReader(lines, strict=True))


KNOWN = Known(places=names_of("places.csv"), brands=names_of("brands.csv"))

LOCAL, NATIONAL, PLACE = Matter.LOCAL_ORIGIN, Matter.NATIONAL_ORIGIN, Matter.NAMED_PLACE
DISTANCE, SEAT, BRAND, LABEL = Matter.DISTANCE, Matter.SEAT, Matter.BRAND, Matter.LABEL
FRESH, LEAD, LAW = Matter.FRESHNESS, Matter.LEAD_TIME, Matter.NATIONAL_LAW

FOUND = [
    ("Råvarorna ska vara närproducerade.", {"närproducerade": LOCAL}),
    ("Mjölken ska vara sörmländsk.", {"sörmländsk": PLACE}),
    ("Lammköttet ska helst vara från trakten eller helst gotländskt.", {"gotländskt": PLACE}),
    ("Leverantören ska ha sitt lager inom kommunen.", {"lager inom kommunen": SEAT}),
    ("Anbudsgivare från länet ges företräde.", {"från länet": LOCAL}),
    ("Grönsaker från hemortens odlare", {"hemortens": LOCAL}),
    ("Gården ska ligga innanför en 50-kilometersgräns.", {"50-kilometersgräns": DISTANCE}),
    ("Ägg ska levereras inom 24 timmar från värpning.", {"24 timmar från värpning": FRESH}),
    ("Från Sverige", {"Från Sverige": NATIONAL}),
    ("Transporttiden får vara högst en timme från gård till kök.", {"Transporttiden": DISTANCE}),
    ("NÄRPRODUCERAT KÖTT SKA ERBJUDAS", {"NÄRPRODUCERAT": LOCAL}),
    ("Närodlad potatis ges mervärde.", {"Närodlad": LOCAL}),
    ("Grönsakerna ska vara när-odlade", {"när-odlade": LOCAL}),
    ("Köttet ska vara närslaktat.", {"närslaktat": LOCAL}),
    ("Kött från närproducerande gårdar premieras.", {"närproducerande": LOCAL}),
    ("Andelen lokalodlat ska vara minst 30 procent.", {"lokalodlat": LOCAL}),
    ("Lokalproducerade livsmedel premieras.", {"Lokalproducerade": LOCAL}),
    ("Leverantören ska samarbeta med lokalproducenter.", {"lokalproducenter": LOCAL}),
    ("Grönsakerna ska vara lokalt odlade.", {"lokalt": LOCAL}),
    ("Lokala råvaror ger fem poäng.", {"Lokala": LOCAL}),
    ("Anbud från lokala och mindre producenter ges företräde.", {"lokala": LOCAL}),
    ("Lokal mat ska serveras varje vecka.", {"Lokal": LOCAL}),
    ("Leverantören ska ha lokal förankring.", {"lokal": LOCAL}),
    ("Leverantören ska köpa in lokalt.", {"köpa in lokalt": LOCAL}),
    ("Maten ska till hälften vara regionalt producerad.", {"regionalt": LOCAL}),
    ("Sortimentet ska spegla bygdens råvaror.", {"bygdens": LOCAL}),
    ("Potatisen ska komma från bygden.", {"från bygden": LOCAL}),
    ("Vingåkersbygdens bönder ska ges företräde.", {"Vingåkersbygdens": LOCAL}),
    ("Ägg från trakten ger mervärde.", {"från trakten": LOCAL}),
    ("Köttet ska komma från närområdet.", {"från närområdet": LOCAL}),
    ("Kommunens bönder ska ha företräde.", {"Kommunens bönder": LOCAL}),
    ("Mjölken ska vara producerad inom länet.", {"inom länet": LOCAL}),
    ("Råvaror från kommunen premieras.", {"från kommunen": LOCAL}),
    ("Varor från närliggande gårdar premieras.", {"närliggande gårdar": LOCAL}),
    ("Potatisen ska vara nära producerad.", {"nära producerad": LOCAL}),
    ("Produkterna ska vara slaktade i närheten.", {"i närheten": LOCAL}),
    ("The vegetables shall be locally grown.", {"locally": LOCAL}),
    ("Nötköttet ska vara svenskt kött.", {"svenskt": NATIONAL}),
    ("Svenskproducerat griskött.", {"Svenskproducerat": NATIONAL}),
    ("Kycklingen ska ha svenskt ursprung.", {"svenskt": NATIONAL}),
    ("Ursprung: Sverige.", {"Ursprung: Sverige": NATIONAL}),
    ("Ursprungsland ska vara Sverige", {"Ursprungsland ska vara Sverige": NATIONAL}),
    ("Djuren ska vara födda och uppfödda i Sverige.", {"i Sverige": NATIONAL}),
    ("Allt kött från Sverige.", {"från Sverige": NATIONAL}),
    ("Inhemska råvaror ska användas.", {"Inhemska": NATIONAL}),
    ("Svenska ekologiska ägg.", {"Svenska": NATIONAL}),
    ("Norsk lax, 125 g portionsbitar.", {"Norsk": NATIONAL}),
    ("Vingåkersmjölk ska erbjudas.", {"Vingåkersmjölk": PLACE}),
    ("vingåkersmjölk, 1 liter", {"vingåkersmjölk": PLACE}),
    ("Gotlandslamm ska kunna levereras.", {"Gotlandslamm": PLACE}),
    ("Ölandspotatis eller annan färskpotatis.", {"Ölandspotatis": PLACE}),
    ("Potatisen ska vara odlad i Vingåker.", {"Vingåker": PLACE}),
    ("Potatisen ska vara odlad i Högsjö.", {"Högsjö": PLACE}),
    ("Kött från Katrineholm ges mervärde.", {"Katrineholm": PLACE}),
    ("Vingåkers mjölk och smör.", {"Vingåkers": PLACE}),
    ("Producenter i Flen ges företräde.", {"Flen": PLACE}),
    ("Sörmländska råvaror premieras.", {"Sörmländska": PLACE}),
    ("Ost från VÄRMLAND.", {"VÄRMLAND": PLACE}),
    ("Vara-potatis, tvättad.", {"Vara-potatis": PLACE}),
    ("Livsmedlen ska vara producerade inom 5 mil.", {"5 mil": DISTANCE}),
    ("Grönsakerna odlas högst 50 km från köket.", {"50 km": DISTANCE}),
    ("Slakteriet får ligga högst tio mil bort.", {"tio mil": DISTANCE}),
    ("Varorna får ha transporterats högst 100 kilometer.", {"100 kilometer": DISTANCE}),
    ("Odlingen ska ligga inom en radie av fem (5) mil.", {"fem (5) mil": DISTANCE}),
    ("Varorna ska komma från gårdar inom femmilsradie.", {"femmilsradie": DISTANCE}),
    ("Grossisten ska hämta varor inom 50km.", {"50km": DISTANCE}),
    ("Transportsträckan får inte överstiga 250 km.", {"250 km": DISTANCE}),
    ("Odlas mindre än 50 000 meter från köket.", {"50 000 meter": DISTANCE}),
    ("Leverantören ska ha sitt säte i kommunen.", {"säte i kommunen": SEAT}),
    ("Anbudsgivaren ska ha verksamhet i Vingåker.", {"ha verksamhet i Vingåker": SEAT}),
    ("Producenten ska vara etablerad i länet.", {"etablerad i länet": SEAT}),
    ("Slakteriet ska ligga i regionen.", {"ligga i regionen": SEAT}),
    ("Leverantören ska ha svenskt organisationsnummer.", {"svenskt organisationsnummer": SEAT}),
    ("Smörgåsmargarin Lätta, fabrikat Becel.", {"fabrikat Becel": BRAND}),
    ("Ketchup av märket Felix.", {"märket Felix": BRAND}),
    ("Arla standardmjölk 3 %.", {"Arla": BRAND}),
    ("Havredryck från Oatly, 1 liter.", {"Oatly": BRAND}),
    ("Kökskniv Globex® 20 cm.", {"Globex®": BRAND}),
    ("Ägg ska vara KRAV-märkta.", {"KRAV-märkta": LABEL}),
    ("Fisken ska vara MSC-märkt.", {"MSC-märkt": LABEL}),
    ("Kaffet ska vara Fairtrade.", {"Fairtrade": LABEL}),
    ("Bönorna ska vara kravmärkta.", {"kravmärkta": LABEL}),
    ("Brödet ska vara dagsfärskt.", {"dagsfärskt": FRESH}),
    ("Salladen ska vara nyskördad.", {"nyskördad": FRESH}),
    ("Grönsakerna ska levereras högst 24 timmar efter skörd.", {"24 timmar efter skörd": FRESH}),
    ("Jordgubbarna ska plockas samma dag.", {"plockas samma dag": FRESH}),
    ("Fisken levereras samma dag som den fångats.", {"samma dag som den fångats": FRESH}),
    ("Varorna ska levereras inom 2 timmar från beställning.", {"2 timmar från beställning": LEAD}),
    ("Leverans sker inom två timmar efter avrop.", {"två timmar efter avrop": LEAD}),
    ("Leverans samma dag som beställningen görs.", {"samma dag som beställningen": LEAD}),
    ("Kycklingen ska uppfylla svensk djurskyddslag.", {"svensk djurskyddslag": LAW}),
    ("Djurhållningen följer djurskyddslagen (2018:1192).", {"djurskyddslagen (2018:1192)": LAW}),
    ("Grisarna ska hållas enligt svensk lagstiftning.", {"svensk lagstiftning": LAW}),
    ("Köttet ska motsvara svenska djurskyddsregler.", {"svenska djurskyddsregler": LAW}),
    ("Livsmedlen bör i möjligaste mån vara lokala.", {"lokala": LOCAL}),
    ("Kyckling, svensk, fryst.", {"svensk": NATIONAL}),
    ("Råvarorna ska helst vara svenska.", {"svenska": NATIONAL}),
    ("Fisk från svenska insjöar.", {"svenska": NATIONAL}),
    ("Kalix löjrom.", {"Kalix": PLACE}),
    ("Mjölk från vingåker.", {"vingåker": PLACE}),
    ("Grönsaker från gårdar i Läppe.", {"Läppe": PLACE}),
    ("Smör från Skånemejerier.", {"Skånemejerier": BRAND}),
    ("Närhet till köket ges mervärde.", {"Närhet": DISTANCE}),
    ("Den som har kortast avstånd till köket får 10 poäng.", {"kortast avstånd": DISTANCE}),
    ("Maten ska resa så kort sträcka som möjligt.", {"kort sträcka": DISTANCE}),
]

INNOCENT = [
    "Djuren ska ha haft högst åtta timmars transport till slakteriet.",
    "Djurens transporttid till slakteriet får vara högst åtta timmar.",
    "Leveranstiden till köket är 07.00–10.00.",
    "Leverantören ska redovisa transporttiden till köken för spårbarhet.",
    "Varorna ska levereras till kommunens lager.",
    "Sörmländska specialavtal gäller inte.",
    "Pris per mil ersätts inte.",
    "Varorna ska bäras in i kökets lokal.",
    "Lokalvård ingår inte i uppdraget.",
    "Leverans sker till lokalerna på Slottsskolan.",
    "Livsmedelslokalen ska vara godkänd.",
    "Chauffören får inte lämna varor i olåst lokal utan personal.",
    "Lokala föreskrifter om tomgångskörning ska följas.",
    "Lokala kollektivavtal påverkas inte.",
    "Lokal tid gäller för alla klockslag.",
    "Lokaltrafiken får inte hindras.",
    "Data får inte lagras lokalt.",
    "En lokal som uppfyller kraven för livsmedel.",
    "Lokala avtal med leverantören gäller inte.",
    "När producenten lämnar besked ska köket svara.",
    "Näringsvärdet ska framgå av förpackningen.",
    "Leverantören ska vara närvarande vid uppstartsmötet.",
    "När maten levereras ska temperaturen mätas.",
    "När leveransdagen har närmat sig kan ordern inte ändras.",
    "Landsbygdens vägar kan vara oplogade vintertid.",
    "Bygdegården är en av leveransadresserna.",
    "Ägg från frigående höns.",
    "Leverans sker till samtliga kök inom kommunen.",
    "Kommunens kök tar emot varor mellan 06.30 och 09.00.",
    "Kommunens leverantörer fakturerar elektroniskt.",
    "Leverans av livsmedel får inte störa boende i närområdet.",
    "Leverans ska ske till köket i Vingåker.",
    "Vingåkers kommun är upphandlande myndighet.",
    "Faktura skickas till Vingåkers kommun, 643 80 Vingåker.",
    "Tvist avgörs vid Nyköpings tingsrätt.",
    "Vara som inte kan levereras ska ersättas.",
    "Varor levereras i returbackar.",
    "Mark och planteringar ska skyddas vid lossning.",
    "Linköpings livsmedelskontroll utövar tillsyn.",
    "Slottsskolan i Vingåker tar emot 400 portioner.",
    "Märkning ska vara på svenska.",
    "Avtalet lyder under svensk lag.",
    "Ersättning betalas i svenska kronor.",
    "Anbudet ska vara skrivet på svenska språket.",
    "Svensk standard SS-EN ISO 22000 eller likvärdig ska följas.",
    "Produkten ska få säljas i Sverige.",
    "Ursprungsland ska anges på följesedeln.",
    "Uppgift om ursprung, till exempel Sverige, lämnas per parti.",
    "Ursprung: ange Sverige eller annat land på fakturan.",
    "Svensk livsmedelslagstiftning ska följas.",
    "Grekisk yoghurt 10 procent.",
    "Falukorv, minst 60 procent kötthalt.",
    "Milersättning utgår med 25 kr.",
    "Transportkostnaden är högst 18,50 kr per km.",
    "Fordonens utsläpp får vara högst 120 g CO2 per km.",
    "Elbilen ska ha en räckvidd på minst 300 km.",
    "Rutten mellan köken är 45 km.",
    "Däck ska bytas senast vid 5 000 mil.",
    "Högst 8 timmars transport till slakt.",
    "Volymen uppskattas till 1,2 miljoner kronor.",
    "Vitamin D, 10 mikrogram per liter.",
    "Maximalt 500 milligram salt per portion.",
    "Leverantören ska vara registrerad för F-skatt i Sverige.",
    "Leverantören ska vara registrerad i det land där den är etablerad.",
    "Barnstolens säte ska kunna tvättas.",
    "Ketchup Felix eller likvärdig.",
    "Mjölk, Arla eller motsvarande.",
    "Ägg märkta med KRAV eller likvärdig märkning.",
    "KRAV PÅ LEVERANTÖREN",
    "Krav på kvalitet anges i bilaga 2.",
    "Varumärke: anges av anbudsgivaren.",
    "Lokalens märkning ska följas.",
    "Färsk fisk, kyld till högst 2 grader.",
    "Färskpotatis från vecka 24.",
    "Salladen ska levereras högst två dagar efter skörd eftersom den annars vissnar.",
    "Brödet ska vara nybakat med hänsyn till att det äts utan tillbehör.",
    "Varorna ska levereras inom tidsfönstret 06.30 till 08.00.",
    "Beställning görs senast 48 timmar före leverans.",
    "Leverans sker inom 72 timmar från beställning.",
    "Felaktig vara ska hämtas inom 5 dagar från reklamation.",
    "Betalning sker inom 30 dagar från fakturadatum.",
    "Djuromsorgen ska vara i nivå med svensk djurskyddslag eller likvärdig.",
    "Djuren ska ha fri tillgång till bete minst 6 timmar om dagen.",
    "Antibiotika får endast ges till sjuka djur.",
    "Salthalten ska vara högst 1,0 procent.",
    "Anbud får lämnas på en enskild vara och ett enskilt kök.",
    "Ekologiska morötter enligt förordning (EU) 2018/848.",
    "Odlad i EU eller EES.",
    "Leverantören ska ha ansvarsförsäkring.",
    "Producenten erbjuder studiebesök för skolklasser.",
    "Fil, naturell, 3 procent fett.",
    "The goods are delivered to the premises at 7 am.",
    "Närmaste brandstation ska larmas.",
    "Minst fem sorters äpplen under säsong.",
    "Vi vill ha korta transporter.",
    "Måltiderna lagas lokalt i köket.",
    "Varje lokal produktionsanläggning ska vara godkänd.",
    "Köket ligger 12 km från navet.",
    "Ägg enligt KRAV eller EU-ekologiska.",
    "Varor från Leverantören.",
    "Smör, Skånemejerier eller likvärdigt.",
]


def read(text: str, use: Use = Use.REQUIREMENT) -> Reading:
    return read_text(text, use=use, known=KNOWN)


def said(findings: tuple[Finding, ...]) -> dict[str, Matter]:
    return {finding.text: finding.matter for finding in findings}


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_words_that_would_not_stand_are_found_with_their_place(text: str, found: dict[str, Matter]) -> None:
    findings = read(text).findings
    assert found.items() <= said(findings).items()
    assert all(text[each.start : each.end] == each.text for each in findings)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_words_are_left_alone(text: str) -> None:
    assert read(text).findings == ()


@pytest.mark.parametrize("use", [Use.FORMULA, Use.SORT_ORDER])
@pytest.mark.parametrize(
    ("text", "word", "matter"),
    [
        ("100 - avstånd", "avstånd", DISTANCE),
        ("leveransavstånd stigande, sedan pris", "leveransavstånd", DISTANCE),
        ("pris + 2 * km", "km", DISTANCE),
        ("närmast först", "närmast", DISTANCE),
        ("priset räknas upp med 2 % per mil till köket", "mil", DISTANCE),
        ("is_local desc, price", "is_local", LOCAL),
        ("pris; hemort", "hemort", LOCAL),
        ("poäng för närodlad andel", "närodlad", LOCAL),
        ("svensk = 5 poäng", "svensk", LOCAL),
        ("order by distance", "distance", DISTANCE),
        ("kvalitet + ursprung", "ursprung", LOCAL),
    ],
)
def test_a_formula_or_a_sort_order_by_place_is_blocked(
    use: Use, text: str, word: str, matter: Matter
) -> None:
    reading = read(text, use)
    assert reading.verdict is Verdict.BLOCK
    assert said(reading.findings)[word] is matter
    assert not reading.needs_reason


@pytest.mark.parametrize(
    "text",
    ["pris per kg, lägst först", "0,7 * pris + 0,3 * kvalitet", "fraktkostnad: kr per km", "produktnamn"],
)
def test_a_formula_of_price_and_quality_stands(text: str) -> None:
    assert read(text, Use.FORMULA) == Reading(verdict=Verdict.NOTHING, findings=())


@pytest.mark.parametrize("use", [Use.REQUIREMENT, Use.CRITERION])
def test_a_word_alone_warns_and_an_officer_may_give_a_reason(use: Use) -> None:
    reading = read("Närodlade morötter.", use)
    assert (reading.verdict, reading.needs_reason) == (Verdict.WARN, True)


@pytest.mark.parametrize("use", list(Use))
def test_a_place_word_with_a_distance_is_geography_and_blocked_everywhere(use: Use) -> None:
    reading = read("Närproducerat inom 50 km. Fabrikat Globex.", use)
    verdicts = {each.text: each.verdict for each in reading.findings}
    assert (reading.verdict, verdicts["50 km"]) == (Verdict.BLOCK, Verdict.BLOCK)
    assert (verdicts["Fabrikat Globex"] is Verdict.WARN) == (use in {Use.REQUIREMENT, Use.CRITERION})


def test_every_matter_has_its_lawful_levers_and_its_rule() -> None:
    assert set(LEVERS) == set(Matter)
    assert all(LEVERS.values())
    law = read("Svensk djurskyddslag gäller för kycklingen.").findings[0]
    assert (law.levers[0], law.rule) == (Lever.LEVEL_OR_EQUIVALENT, "criteria_national_law")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ska vara na\u0308rodlat.", "na\u0308rodlat"),
        ("Ska vara när\u00adodlat.", "när\u00adodlat"),
        ("Ska vara närpro-\n  ducerat kött.", "närpro-\n  ducerat"),
        ("Rubrik\nNärodlat", "Närodlat"),
    ],
)
def test_broken_and_decomposed_words_are_read_and_pointed_at_as_they_stand(text: str, found: str) -> None:
    assert [each.text for each in read(text).findings] == [found]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert read("Ketchup, t.ex. Felix, ca. 1 kg, eller likvärdig.").findings == ()


def test_without_names_the_rule_still_knows_its_words() -> None:
    bare = read_text(
        "Närodlat från Arla i Vingåker, säte i Flen för leverantören.", use=Use.REQUIREMENT, known=Known()
    )
    assert [each.text for each in bare.findings] == ["Närodlat"]


WORDS = st.sampled_from(
    [text for text, _found in FOUND] + INNOCENT + ["", "\n", "50 km", "eller likvärdig", "ö\u0308"]
)


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_findings_are_in_order_apart_and_never_milder_in_a_formula(text: str) -> None:
    for use in Use:
        findings = read(text, use).findings
        assert all(text[each.start : each.end] == each.text for each in findings)
        assert all(one.end <= other.start for one, other in pairwise(findings))
    if read(text).verdict is not Verdict.NOTHING:
        assert read(text, Use.FORMULA).verdict is Verdict.BLOCK


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert read(text) == read(text)
