"""``ekologiskt``, ``svenskt``, ``lokalt``: shares of what was bought by SEK and by kg, with what isn't known beside them.

The share is of what is known, and the coverage says how much of all that is. Local is what the authority itself has
laid down for its follow-up (`LocalDefinition`), and nothing is local before it has.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from orders.models import LocalDefinition, ReportGoal
from orders.queries.reports.asked import Asked
from orders.queries.reports.tallied import Folded, fold, opens_to
from orders.queries.reports.telling import (
    basis_told,
    kg_column,
    name_column,
    sek_column,
    stale_note,
    tallies_source,
    whole_name,
)
from orders.queries.spend import stale_days
from orders.rules.reporting import Cell, Column, Coverage, Kind, Part, Report, Told, Whole, ratio

NOTHING = Decimal(0)

# Whether a tally's goods are so: true, false, or null where it isn't known.
_ORGANIC = "string_to_array(t.marks, ',') && ARRAY['organic', 'krav']"
_SWEDISH = "CASE t.origin_country WHEN '' THEN NULL ELSE t.origin_country = 'SE' END"
_LOCAL = "CASE WHEN t.origin_place = '' OR d.id IS NULL THEN NULL ELSE lower(t.origin_place) = ANY (d.lower_places) END"
_LOCAL_JOIN = """LEFT JOIN (
  SELECT id, valid_from, valid_to, ARRAY(SELECT lower(each) FROM unnest(places) AS each) AS lower_places
  FROM orders_localdefinition WHERE authority_id = %(authority)s
) d ON t.day >= d.valid_from AND (d.valid_to IS NULL OR t.day <= d.valid_to)"""

# A file's own label tells of organic goods, or that they are not; without one nothing is known.
_ELSEWHERE = """
SELECT CASE WHEN p.product_label ~* '\\m(krav|ekolog|eko\\M|eu-eko|organic)' THEN true
            WHEN p.product_label ~* '\\m(konventionell|conventional)' THEN false END AS side,
       coalesce(sum(p.amount), 0), coalesce(sum(p.kg), 0)
FROM orders_externalpurchase p
JOIN orders_purchaseimport i ON i.id = p.purchase_import_id AND i.undone_at IS NULL
WHERE p.authority_id = %(authority)s AND p.currency = 'SEK' AND p.period_end BETWEEN %(first)s AND %(last)s
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Sides:
    """SEK and kg of goods that are so, that are not, and of which it isn't known."""

    yes_sek: Decimal = NOTHING
    no_sek: Decimal = NOTHING
    unknown_sek: Decimal = NOTHING
    yes_kg: Decimal = NOTHING
    no_kg: Decimal = NOTHING
    unknown_kg: Decimal = NOTHING

    def __add__(self, other: "Sides") -> "Sides":
        return Sides(
            self.yes_sek + other.yes_sek,
            self.no_sek + other.no_sek,
            self.unknown_sek + other.unknown_sek,
            self.yes_kg + other.yes_kg,
            self.no_kg + other.no_kg,
            self.unknown_kg + other.unknown_kg,
        )

    @property
    def known_sek(self) -> Decimal:
        return self.yes_sek + self.no_sek

    @property
    def known_kg(self) -> Decimal:
        return self.yes_kg + self.no_kg

    def cells(self, name: str) -> tuple[Cell, ...]:
        return (
            name,
            self.yes_sek,
            self.known_sek,
            ratio(self.yes_sek, self.known_sek),
            self.unknown_sek,
            self.yes_kg,
            self.known_kg,
            ratio(self.yes_kg, self.known_kg),
            self.unknown_kg,
        )


def organic_report(asked: Asked) -> Report:
    """Goods marked EU organic or KRAV when they were ordered; MSC is told by the marks of ``inkop``."""
    return _report(
        asked,
        slug="ekologiskt",
        measure=ReportGoal.Measure.ORGANIC,
        title=_("Ekologisk andel"),
        yes=_("Ekologiskt"),
        side=_ORGANIC,
        definition=_(
            "Varor som var märkta EU-ekologiskt eller KRAV när de beställdes, av ett certifikat som gällde. MSC räknas inte hit."
        ),
    )


def swedish_report(asked: Asked) -> Report:
    """Goods whose country of origin is Sweden: of what is delivered that of the goods lot, else as promised."""
    return _report(
        asked,
        slug="svenskt",
        measure=ReportGoal.Measure.SWEDISH,
        title=_("Svensk andel"),
        yes=_("Svenskt"),
        side=_SWEDISH,
        definition=_(
            "Varor vars ursprungsland är Sverige: av levererat det parti som kom, annars som utlovat. Sammansatta varor räknas efter det land som leverantören uppgett."
        ),
    )


def local_report(asked: Asked) -> Report:
    """Goods from the places that the authority itself has laid down for the day of delivery."""
    held = list(
        LocalDefinition.objects.filter(authority=asked.authority, valid_from__lte=asked.period.last)
        .exclude(valid_to__lt=asked.period.first)
        .order_by("valid_from")
    )
    told = "; ".join(f"{each.words} ({each.decision}, {each.valid_from.isoformat()})" for each in held)
    return _report(
        asked,
        slug="lokalt",
        measure=ReportGoal.Measure.LOCAL,
        title=_("Lokal andel"),
        yes=_("Lokalt"),
        side=_LOCAL,
        joins=_LOCAL_JOIN,
        by_day=any(each.begins_or_ends_within_a_month for each in held),
        definition=_("Er egen definition för uppföljning, aldrig ett krav: %(told)s") % {"told": told}
        if held
        else _(
            "Ni har inte bestämt vad som räknas som lokalt, så ingenting räknas som det: andelen är okänd."
        ),
    )


def _report(
    asked: Asked,
    *,
    slug: str,
    measure: str,
    title: str,
    yes: str,
    side: str,
    definition: str,
    joins: str = "",
    by_day: bool = False,
) -> Report:
    parts, whole = _sides(asked, side=side, joins=joins, by_day=by_day, labelled=slug == "ekologiskt")
    return Report(
        slug=slug,
        told=Told(
            title=title,
            definition=definition,
            period=asked.period,
            basis=basis_told(asked.basis),
            source=_("%(tallies)s; köp utanför ur inlästa filer") % {"tallies": tallies_source()}
            if asked.by == "source"
            else tallies_source(),
            coverage=(
                Coverage(ratio(whole.known_sek, whole.known_sek + whole.unknown_sek), _("av värdet är känt")),
                Coverage(ratio(whole.known_kg, whole.known_kg + whole.unknown_kg), _("av vikten är känd")),
            ),
            narrowed_to=asked.narrowed_to,
            notes=(
                _("Andelen är av det som är känt; det okända står för sig och är inte noll."),
                *_source_note(asked),
                *_goal_note(asked, measure),
                *stale_note(stale_days(asked.authority)),
            ),
        ),
        columns=_columns(asked.by, yes=yes),
        parts=parts,
        whole=Part("", whole.cells(whole_name()), opens=asked.opening() if asked.by != "source" else {}),
    )


def _columns(by: str, *, yes: str) -> tuple[Column, ...]:
    return (
        name_column(by),
        sek_column("yes_sek", yes),
        sek_column("known_sek", _("Känt värde")),
        Column("share_sek", _("Andel av värdet"), Kind.SHARE, Whole.RATIO, ("yes_sek", "known_sek")),
        sek_column("unknown_sek", _("Okänt värde")),
        kg_column("yes_kg", f"{yes}, kg"),
        kg_column("known_kg", _("Känd vikt")),
        Column("share_kg", _("Andel av vikten"), Kind.SHARE, Whole.RATIO, ("yes_kg", "known_kg")),
        kg_column("unknown_kg", _("Okänd vikt")),
    )


def _sides(
    asked: Asked, *, side: str, joins: str, by_day: bool, labelled: bool
) -> tuple[tuple[Part, ...], Sides]:
    sums = [
        f"coalesce(sum(t.{measure}) FILTER (WHERE ({side}) IS {state}), 0)"
        for measure in ("net_sek", "kg")
        for state in ("TRUE", "FALSE", "NULL")
    ]
    if asked.by != "source":
        found = fold(asked, sums, joins=joins, by_day=by_day)
        return tuple(_part(each, asked) for each in found.parts), Sides(*found.whole)
    ours = Sides(*fold(replace(asked, by="month"), sums, joins=joins, by_day=by_day).whole)
    parts = [Part("bygdemat", ours.cells("Bygdemat"), opens=asked.opening())]
    if asked.narrowed.question:
        return tuple(parts), ours
    elsewhere = _elsewhere(asked, labelled=labelled)
    parts.append(Part("elsewhere", elsewhere.cells(_("Köpt utanför"))))
    return tuple(parts), ours + elsewhere


def _part(each: Folded, asked: Asked) -> Part:
    return Part(each.key, Sides(*each.sums).cells(each.name), opens=opens_to(each.key, asked=asked))


def _elsewhere(asked: Asked, *, labelled: bool) -> Sides:
    """Purchases elsewhere tell neither country nor place, so only their organic label can be known."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ELSEWHERE,
            {
                "authority": asked.authority.pk,
                "first": asked.period.first,
                "last": asked.period.last,
            },
        )
        rows: list[tuple[bool | None, Decimal, Decimal]] = cursor.fetchall()
    if not labelled:
        return Sides(
            unknown_sek=sum((row[1] for row in rows), NOTHING),
            unknown_kg=sum((row[2] for row in rows), NOTHING),
        )
    found = {side: (sek, kg) for side, sek, kg in rows}
    yes, no, unknown = (found.get(side, (NOTHING, NOTHING)) for side in (True, False, None))
    return Sides(yes[0], no[0], unknown[0], yes[1], no[1], unknown[1])


def _source_note(asked: Asked) -> tuple[str, ...]:
    if asked.by == "source" and not asked.narrowed.question:
        return (_("Köp utanför räknas med i hela basen; vad filerna inte säger är okänt."),)
    return (_("Bara det som köpts genom Bygdemat; köp utanför går inte att dela så."),)


def _goal_note(asked: Asked, measure: str) -> tuple[str, ...]:
    goal = ReportGoal.objects.filter(authority=asked.authority, measure=measure).on(asked.period.last).first()
    if goal is None:
        return ()
    told = {"goal": f"{goal.value * 100:f}".rstrip("0").rstrip("."), "decision": goal.decision}
    return (_("Mål: %(goal)s %% av värdet (%(decision)s).") % told,)
