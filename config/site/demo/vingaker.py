"""The demo municipality. Vingåkers kommun and the name Slottsskolan are real; every person, farm, hub, agreement,
price and number in it is invented.

The farms' numbers are formally right but of series that no register gives out; the sole trader would be born in 1880.
"""

from decimal import Decimal

from config.site.demo.plans import AgreementPlan, AuthorityPlan, FarmPlan, HubPlan, KitchenPlan, LotPlan, Plan

D = Decimal

NEEDS = {
    "roots": "Potatis och rotfrukter",
    "greens": "Grönsaker",
    "fruit": "Frukt, bär och honung",
    "dry": "Spannmål, baljväxter och torrvaror",
    "dairy": "Mejeri",
    "eggs": "Ägg och fågel",
    "meat": "Kött",
}

HUBS = (
    HubPlan("Navet vid Påhittsån", "24", "Påhittsvägen 1, Vingåker"),
    HubPlan("Navet vid Sagosjön", "35", "Sagogatan 7, Vingåker"),
)

FARMS = (
    FarmPlan(
        "Drömängens Lantbruk AB",
        "company",
        "559900101",
        "Drömängen",
        "Astrid Påhitt",
        ("roots", "greens"),
        lead_working_days=3,
    ),
    FarmPlan(
        "Hittpåkulla Grönsaker AB",
        "company",
        "559900102",
        "Hittpåkulla",
        "Bengt Låtsas",
        ("roots", "greens"),
        labels=("organic", "krav"),
    ),
    FarmPlan(
        "Sagobackens Rot & Lök HB",
        "partnership",
        "969999103",
        "Sagobacken",
        "Cecilia Fabel",
        ("roots", "greens"),
    ),
    FarmPlan(
        "Fablebo Gårdsmejeri AB",
        "company",
        "559900104",
        "Fablebo",
        "David Dröm",
        ("dairy",),
        labels=("organic",),
        minimum_order_sek=D(500),
    ),
    FarmPlan(
        "Låtsaslunda Ägg AB",
        "company",
        "559900105",
        "Låtsaslunda",
        "Elin Hittpå",
        ("eggs",),
        lead_working_days=1,
    ),
    FarmPlan(
        "Molnbackens Nöt & Lamm AB",
        "company",
        "559900106",
        "Molnbacken",
        "Filip Saga",
        ("meat",),
        lead_working_days=3,
        minimum_order_sek=D(800),
    ),
    FarmPlan("Kantarellö Frukt & Bär", "sole_trader", "18800101999", "Kantarellö", "Gunvor Moln", ("fruit",)),
    FarmPlan(
        "Regnbågskvarnens ekonomiska förening",
        "cooperative",
        "769999108",
        "Regnbågsdalen",
        "Henrik Regnbåge",
        ("dry",),
        labels=("organic", "krav"),
    ),
)

KITCHENS = (
    KitchenPlan("Slottsskolan", "production", 430, manager="Ingrid Gryta", staff="Johan Slev"),
    KitchenPlan("Påhittsskolan", "production", 260, manager="Karin Kastrull", staff="Lars Visp"),
    KitchenPlan("Sagoskolan", "production", 185, hub=1, manager="Malin Stekpanna", staff="Nils Degspade"),
    KitchenPlan("Drömdalens skola", "receiving", 95, hub=1, manager="Olof Durkslag"),
    KitchenPlan("Förskolan Låtsasleken", "production", 60, manager="Petra Mortel"),
    KitchenPlan("Äldreboendet Fabelgården", "central", None, manager="Rolf Rivjärn"),
)

VINGAKER = AuthorityPlan(
    name="Vingåkers kommun",
    code="VIN",
    head="212000030",
    domain="vingaker.example",
    kitchens=KITCHENS,
    officer="Sara Avtal",
    auditor="Tomas Granskare",
    second_officer="Stina Attest",
)

NEIGHBOUR = AuthorityPlan(
    name="Påhittade grannkommunen",
    code="GRA",
    head="212099001",
    domain="grannkommunen.example",
    kitchens=(
        KitchenPlan("Grannskolan", "production", 210, hub=1, manager="Ulla Tallrik", staff="Viktor Bricka"),
    ),
    officer="Ylva Ramavtal",
    auditor="Åke Prövning",
)

AGREEMENTS = (
    AgreementPlan(
        "Ramavtal livsmedel från gårdar",
        "framework",
        "directive",
        "KS 2025/101",
        (
            LotPlan("Potatis och rotfrukter", "roots", (0, 2, 1), D(900_000), D(80_000)),
            LotPlan("Grönsaker", "greens", (1, 0, 2), D(700_000), D(45_000)),
            LotPlan("Ägg och fågel", "eggs", (4,), D(450_000)),
            LotPlan("Nöt, lamm och gris", "meat", (5,), D(1_100_000)),
        ),
    ),
    AgreementPlan(
        "Gemensamt ramavtal mejeri",
        "framework",
        "directive",
        "KS 2025/102",
        (LotPlan("Mejeri", "dairy", (3,), D(1_600_000)),),
        with_neighbour=True,
    ),
    AgreementPlan(
        "Ramavtal spannmål och baljväxter",
        "framework",
        "national",
        "KS 2025/103",
        (LotPlan("Spannmål och baljväxter", "dry", (7,), D(380_000)),),
        reason="Taket är 380 000 kr, långt under varje tröskelvärde som har gällt.",
    ),
    AgreementPlan(
        "Direktupphandling frukt, bär och honung",
        "direct_award",
        "direct_award",
        "KS 2026/14",
        (LotPlan("Frukt, bär och honung", "fruit", (6,), D(35_000)),),
        reason="Tre odlare tillfrågades, en kunde leverera hela året. Värdet ligger under direktupphandlingsgränsen.",
    ),
)

PLAN = Plan(
    authority=VINGAKER,
    neighbour=NEIGHBOUR,
    hubs=HUBS,
    hub_workers=("Wilma Pall", "Xerxes Truck"),
    farms=FARMS,
    agreements=AGREEMENTS,
    needs=NEEDS,
    boards=("Slottsskolan",),
)
