"""Factor sets: taken in from published files, told by what they change, and only then made the one that counts.

A factor is never overwritten. A row that says otherwise becomes a new version that points to the old.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from config.ground.trail import Actor, acting
from market.interchange import agribalyse, concito, owid, own_factors, su_eatable
from market.interchange.factor_books import FactorFile
from market.interchange.factor_cells import ReadFactor, ReadSet, Sheets
from market.models import ClimateFactor, ClimateFood, FactorSet
from market.queries.factors import set_of
from market.refusals import FactorRowsTwice, FactorSetOfAnotherFamily
from market.rules.factor_changes import Changes, changes

READERS: Mapping[str, Callable[[Sheets], ReadSet]] = {
    "agribalyse-3.1": agribalyse.read_31,
    "agribalyse-3.2": agribalyse.read_32,
    "su-eatable-life": su_eatable.read,
    "owid-totals": owid.read_totals,
    "owid-stages": owid.read_stages,
    **{f"concito-1.2-{market}": partial(concito.read, market=market) for market in concito.MARKETS},
}
OWN = "own"
FOOD_KEYS = Path(__file__).resolve().parent.parent / "data" / "food_keys.csv"
_JOINTS = re.compile(r"[\s_-]+")
_SAID = ("kg_co2e_per_kg", "luc_kg_co2e_per_kg", "low", "high", "gsd", "grade", "basis", "note")


@dataclass(frozen=True, slots=True)
class WantedFactor:
    """What a set says of a food for goods of some days; all days when both are None."""

    food_id: int
    kg_co2e_per_kg: Decimal
    low: Decimal | None
    high: Decimal | None
    grade: str
    basis: str
    note: str = ""
    luc_kg_co2e_per_kg: Decimal | None = None
    gsd: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    file_row: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    new: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True)
class SetDraft:
    """What the one who takes a file in says of it. ``kind`` is one of READERS, or OWN.

    ``mapping`` is needed for the first OWN file; later ones are read by the one that was saved.
    """

    kind: str
    code: str
    name: str
    version: str
    source: str
    licence: str
    valid_from: date
    mapping: Any = None


@dataclass(frozen=True, slots=True)
class Imported:
    """``missing`` rows had no figure per kg; ``own_foods`` are rows that match none of our foods. ``repeated``: nothing new.

    ``alike`` rows say what a row before them has said already.
    """

    factor_set: FactorSet
    rows: int
    missing: int
    own_foods: int
    written: Written
    changes: Changes
    against: str
    repeated: bool = False
    alike: int = 0


def import_factor_set(*, file: FactorFile, draft: SetDraft, by: Actor) -> Imported:
    """Take a file in as a factor set; it counts nothing until it is activated.

    The same file again writes nothing; another file for the same code writes new versions of what differs. Raises
    FactorHeaderUnknown, FactorCellsUnreadable, FactorMappingUnreadable, FactorRowsTwice, FactorSetOfAnotherFamily.
    """
    told_mapping = draft.mapping if draft.mapping is not None else _saved_mapping(draft)
    mapping = own_factors.own_mapping(told_mapping) if draft.kind == OWN else None
    read = own_factors.read(file.sheets, mapping) if mapping else READERS[draft.kind](file.sheets)
    rows = _each_once(read.rows)
    told = [row for row in rows if row.kg_co2e_per_kg is not None]
    with acting(by):
        factor_set, is_new = _set(file, replace(draft, mapping=told_mapping), read)
        against = _earlier(factor_set, is_new=is_new)
        diff = changes(
            _by_basis(against), {_basis(read, row): row.kg_co2e_per_kg or Decimal(0) for row in told}
        )
        foods = _foods(read, told, own=mapping.foods if mapping else {})
        wanted = [_wanted(row, read, food_id) for row in told for food_id in foods.of[row.key]]
        _check_one_row_a_food(wanted)
        written = follow_factors(
            factor_set=factor_set, wanted=wanted, drop_gone=True, file_sha256=file.sha256, by=by
        )
        if not (repeated := not is_new and not any((written.new, written.changed, written.gone))):
            factor_set.file_name, factor_set.file_sha256 = file.name[:200], file.sha256
            factor_set.diff = _told(diff, against)
            factor_set.mapping = told_mapping
            factor_set.save(update_fields=["file_name", "file_sha256", "diff", "mapping"])
    return Imported(
        factor_set=factor_set,
        rows=len(read.rows),
        missing=len(rows) - len(told),
        alike=len(read.rows) - len(rows),
        own_foods=foods.made,
        written=written,
        changes=diff,
        against=against.code if against else "",
        repeated=repeated,
    )


def _saved_mapping(draft: SetDraft) -> Any:
    """How the set's last file was read, or, for a new set, the newest file that was read by a mapping."""
    if draft.kind != OWN:
        return None
    read_so = FactorSet.objects.exclude(mapping=None)
    found = read_so.filter(code=draft.code).first() or read_so.order_by("recorded_at", "pk").last()
    return found.mapping if found else None


def _each_once(rows: Sequence[ReadFactor]) -> list[ReadFactor]:
    """The rows without those that repeat another. Raises FactorRowsTwice where two of one key differ."""
    kept: dict[str, ReadFactor] = {}
    for row in rows:
        before = kept.setdefault(row.key, row)
        if replace(row, row=before.row) != before:
            keys = [key for key, times in Counter(each.key for each in rows).items() if times > 1]
            raise FactorRowsTwice(keys=", ".join(sorted(keys)[:5]))
    return list(kept.values())


def activate_factor_set(*, code: str, by: Actor) -> FactorSet:
    """From here on figures are counted by this set. Raises FactorSetUnknown."""
    with acting(by):
        chosen = set_of(code)
        FactorSet.objects.filter(is_active=True).exclude(pk=chosen.pk).update(is_active=False)
        FactorSet.objects.filter(pk=chosen.pk, is_active=False).update(is_active=True)
        chosen.refresh_from_db()
        return chosen


def follow_factors(
    *,
    factor_set: FactorSet,
    wanted: Sequence[WantedFactor],
    drop_gone: bool = False,
    file_sha256: str = "",
    by: Actor,
) -> Written:
    """Bring the set in line: what differs gets a new version; with ``drop_gone`` what is no longer told stands no more."""
    with acting(by):
        standing = {
            (each.food_id, each.valid_from, each.valid_to): each
            for each in ClimateFactor.objects.standing().filter(factor_set=factor_set)
        }
        latest = dict(
            ClimateFactor.objects.filter(factor_set=factor_set)
            .order_by("version")
            .values_list("food_id", "version")
        )
        rows: list[ClimateFactor] = []
        left = {each.pk for each in standing.values()} if drop_gone else set()
        for each in wanted:
            old = standing.get((each.food_id, each.valid_from, each.valid_to))
            if old is not None and all(getattr(old, name) == getattr(each, name) for name in _SAID):
                left.discard(old.pk)
                continue
            latest[each.food_id] = latest.get(each.food_id, 0) + 1
            rows.append(_row(each, factor_set, old, version=latest[each.food_id], file_sha256=file_sha256))
        followed = {row.supersedes_id for row in rows if row.supersedes_id is not None}
        moment = _moment() if rows or left else None
        for row in rows:
            row.recorded_at = moment  # type: ignore[assignment]  # there is one where there are rows
        ClimateFactor.objects.filter(pk__in=left | followed).update(superseded_at=moment)
        ClimateFactor.objects.bulk_create(rows, batch_size=1000)
    return Written(new=len(rows) - len(followed), changed=len(followed), gone=len(left - followed))


def _moment() -> datetime:
    """One time for both ends of a change: no moment lies between two versions.

    The lock makes it later than the cut-off of a figure that is being published, and waits for that.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE market_climatefactor IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _check_one_row_a_food(wanted: Sequence[WantedFactor]) -> None:
    rows = Counter(each.food_id for each in wanted)
    twice = [each.basis for each in wanted if rows[each.food_id] > 1]
    if twice:
        raise FactorRowsTwice(keys=", ".join(sorted(twice)[:6]))


def _row(
    wanted: WantedFactor, factor_set: FactorSet, old: ClimateFactor | None, *, version: int, file_sha256: str
) -> ClimateFactor:
    return ClimateFactor(
        factor_set=factor_set,
        food_id=wanted.food_id,
        version=version,
        supersedes=old,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        file_sha256=file_sha256,
        file_row=wanted.file_row,
        **{name: getattr(wanted, name) for name in _SAID},
    )


def _set(file: FactorFile, draft: SetDraft, read: ReadSet) -> tuple[FactorSet, bool]:
    factor_set = FactorSet.objects.filter(code=draft.code).first()
    if factor_set is not None:
        if factor_set.family != read.family:
            raise FactorSetOfAnotherFamily(set=draft.code, is_family=factor_set.family, family=read.family)
        return factor_set, False
    made = FactorSet.objects.create(
        code=draft.code,
        name=draft.name,
        version=draft.version,
        family=read.family,
        source=draft.source,
        licence=draft.licence,
        boundary=read.boundary,
        land_use_change=read.land_use_change,
        holds_last_leg=read.holds_last_leg,
        valid_from=draft.valid_from,
        file_name=file.name[:200],
        file_sha256=file.sha256,
        mapping=draft.mapping,
    )
    return made, True


def _earlier(factor_set: FactorSet, *, is_new: bool) -> FactorSet | None:
    """What the file is set beside: the set itself when it is read again, else the last of its family."""
    if not is_new:
        return factor_set
    others = FactorSet.objects.filter(family=factor_set.family).exclude(pk=factor_set.pk)
    return others.order_by("recorded_at", "pk").last()


def _by_basis(factor_set: FactorSet | None) -> dict[str, Decimal]:
    rows = ClimateFactor.objects.standing().filter(factor_set=factor_set)
    return dict(rows.values_list("basis", "kg_co2e_per_kg"))


def _basis(read: ReadSet, row: ReadFactor) -> str:
    return f"{read.family}:{row.key}"[:200]


def _told(diff: Changes, against: FactorSet | None) -> dict[str, Any]:
    return {
        "against": against.code if against else "",
        "added": len(diff.added),
        "gone": diff.gone,
        "changed": len(diff.changed),
        "telling": [
            {
                "key": each.key,
                "before": f"{each.before.normalize():f}",
                "after": f"{each.after.normalize():f}",
            }
            for each in diff.telling
        ],
    }


@dataclass(frozen=True, slots=True)
class _Foods:
    of: Mapping[str, Sequence[int]]
    made: int


def _foods(read: ReadSet, rows: Sequence[ReadFactor], *, own: Mapping[str, str]) -> _Foods:
    """Our foods for each row: by the shipped list or the mapping's own; a row that is in neither gets its own food."""
    ids = dict(ClimateFood.objects.values_list("key", "pk"))
    known = _shipped_keys(read.family)
    for file_key, food_key in own.items():
        known[_joined(file_key)].append(food_key)
    of = {row.key: [ids[key] for key in known.get(_joined(row.key), ()) if key in ids] for row in rows}
    bare = {row.key: f"{read.family}:{row.key}"[:120] for row in rows if not of[row.key]}
    made = ClimateFood.objects.bulk_create(
        ClimateFood(
            key=bare[row.key], name_sv=row.name[:200], name_en=row.name_en[:200], category=row.category[:120]
        )
        for row in rows
        if row.key in bare and bare[row.key] not in ids
    )
    ids |= {each.key: each.pk for each in made}
    return _Foods(of=of | {key: [ids[food]] for key, food in bare.items()}, made=len(bare))


def _shipped_keys(family: str) -> defaultdict[str, list[str]]:
    known: defaultdict[str, list[str]] = defaultdict(list)
    with FOOD_KEYS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, strict=True):
            if line["family"] == family:
                known[_joined(line["file_key"])].append(line["food_key"])
    return known


def _joined(key: str) -> str:
    """``20047 1``, ``20047_1`` and ``20047-1`` are one code; capitals stay, since (G) and (g) are two things."""
    return _JOINTS.sub(" ", key).strip()


def _wanted(row: ReadFactor, read: ReadSet, food_id: int) -> WantedFactor:
    return WantedFactor(
        food_id=food_id,
        kg_co2e_per_kg=round(row.kg_co2e_per_kg or Decimal(0), 12),
        low=_stored(row.low),
        high=_stored(row.high),
        grade=row.grade or read.grade,
        basis=_basis(read, row),
        note=row.note,
        luc_kg_co2e_per_kg=_stored(row.luc),
        gsd=None if row.gsd is None else round(row.gsd, 4),
        file_row=row.row,
    )


def _stored(figure: Decimal | None) -> Decimal | None:
    """To the twelve decimals that the table keeps, more than any file has told."""
    return None if figure is None else round(figure, 12)
