"""Sealing the trail: digests chained per authority, over entries that nothing can join any more.

An entry gets its id before its transaction commits, so a lower id may become visible after a higher one. A seal
therefore ends at a *mark*: the highest id given out when the mark's own transaction began. Who holds an id up to there
got its transaction id before the mark got its own (the trigger takes the transaction id first, then the entry's id).
Once every transaction older than the mark's has ended, the ids up to the mark are final: those that are still
missing belong to transactions that were rolled back. Ids, unlike transaction ids, also survive a restore into another
server.
"""

from django.db import connection, transaction

STEP = 200_000  # entries a seal at most, so that memory stays flat on the first sealing of a large trail
_ONE_AT_A_TIME = 7_301_944_120  # any number: the advisory lock of sealing

_GIVEN_OUT = "SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM ground_trailentry_id_seq"
_MARK = (
    "INSERT INTO ground_sealmark (to_entry, xid) SELECT %s, pg_current_xact_id()::text::bigint"
    " WHERE %s > (SELECT coalesce(max(to_entry), 0) FROM ground_sealmark)"
    " AND %s > (SELECT coalesce(max(to_entry), 0) FROM ground_trailseal)"
)
# A mark from before a restore carries another server's transaction id. One from the future would never ripen.
_DROP_FOREIGN = (
    "DELETE FROM ground_sealmark WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
)
_RIPE = (
    "SELECT coalesce(max(to_entry), 0) FROM ground_sealmark"
    " WHERE xid <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
)
_STEP_END = (
    "SELECT max(id) FROM (SELECT id FROM ground_trailentry"
    " WHERE id > (SELECT coalesce(max(to_entry), 0) FROM ground_trailseal) AND id <= %s ORDER BY id LIMIT %s) AS step"
)
_SEAL = """
INSERT INTO ground_trailseal (authority_id, number, to_entry, entries, digest)
SELECT batch.authority_id, coalesce(last.number, 0) + 1, %s, batch.entries,
       sha256(coalesce(last.digest, ''::bytea) || batch.digests)
FROM (SELECT coalesce(authority_id, 0) AS authority_id, count(*) AS entries,
             string_agg(digest, ''::bytea ORDER BY id) AS digests
      FROM ground_trailentry
      WHERE id > (SELECT coalesce(max(to_entry), 0) FROM ground_trailseal) AND id <= %s
      GROUP BY 1) AS batch
LEFT JOIN LATERAL (SELECT number, digest FROM ground_trailseal AS seal
                   WHERE seal.authority_id = batch.authority_id ORDER BY number DESC LIMIT 1) AS last ON true
RETURNING entries
"""


def seal_trail() -> int:
    """Seal what is surely finished and say how many entries that was.

    While somebody's transaction runs on, nothing younger than it is sealed; the next run takes it. To be called
    outside any transaction.
    """
    set_mark()
    sealed = 0
    while step := _seal_one_step():
        sealed += step
    return sealed


def set_mark() -> None:
    """Remember which ids are given out. Raises RuntimeError inside a transaction that has already written."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        if not cursor.fetchone()[0]:
            raise RuntimeError("the mark's transaction must be younger than all that hold an entry's id")
        cursor.execute(_GIVEN_OUT)
        given_out = cursor.fetchone()[0]
        cursor.execute(_DROP_FOREIGN)
        cursor.execute(_MARK, [given_out, given_out, given_out])


def _seal_one_step() -> int:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_RIPE)
        ripe = cursor.fetchone()[0]
        sealed = seal_up_to(ripe)
        if not sealed:
            cursor.execute("DELETE FROM ground_sealmark WHERE to_entry <= %s", [ripe])
        return sealed


def seal_up_to(entry_id: int, *, step: int = STEP) -> int:
    """One seal for each authority with entries among the next ``step`` up to ``entry_id``; how many were sealed.

    The caller answers for it that no entry can still appear up to ``entry_id``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STEP_END, [entry_id, step])
        end = cursor.fetchone()[0]
        if end is None:
            return 0
        cursor.execute(_SEAL, [end, end])
        return sum(entries for (entries,) in cursor.fetchall())
