"""The trail: who changed what, through which door and why. Written by the database itself.

``acting`` opens the transaction of an action and tells the database who acts; a trailed table refuses a write
without it. ``trailed`` is the migration operation that puts the triggers on a table.
"""

import contextvars
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, migrations, transaction

from config.ground.refusals import KeyUsedForAnotherBody, NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and through which door. ``name`` is ``user:<id>`` or ``job:<name>``."""

    name: str
    door: str
    user_id: int | None = None
    reason: str = ""

    @classmethod
    def person(cls, user_id: int, *, door: str, reason: str = "") -> "Actor":
        return cls(name=f"user:{user_id}", door=door, user_id=user_id, reason=reason)

    @property
    def person_id(self) -> int:
        """The person's id. Raises NotAllowed for a job, where a person must answer for what is written."""
        if self.user_id is None:
            raise NotAllowed
        return self.user_id

    @classmethod
    def job(cls, name: str, *, reason: str = "") -> "Actor":
        return cls(name=f"job:{name}", door="job", reason=reason)


@dataclass(frozen=True, slots=True)
class Once:
    """A client's key for one write: the same key gives the same answer, with another body it is refused."""

    endpoint: str
    key: str
    body_sha256: str

    @classmethod
    def of(cls, *, endpoint: str, key: str, body: Any) -> "Once":
        canonical = json.dumps(body, sort_keys=True, default=str, ensure_ascii=False).encode()
        return cls(endpoint=endpoint, key=key, body_sha256=hashlib.sha256(canonical).hexdigest())


@dataclass(slots=True)
class Act:
    """The running act. ``reply`` is what an earlier act with the same key answered, else None."""

    by: Actor
    once: Once | None = None
    reply: Any = None
    _record_id: int | None = field(default=None, repr=False)

    @property
    def reply_slot(self) -> int | None:
        """The idempotency record that waits for the reply, for an action that writes it in its own statement."""
        return self._record_id

    def answer(self, reply: Any) -> None:
        """Keep the reply for a repetition of the same key."""
        if self._record_id is not None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE ground_idempotencyrecord SET reply = %s WHERE id = %s",
                    [json.dumps(reply, default=str), self._record_id],
                )


_acting: contextvars.ContextVar[Act | None] = contextvars.ContextVar("acting", default=None)

_SET = (
    "SELECT set_config('bygdemat.actor', %s, true), set_config('bygdemat.door', %s, true),"
    " set_config('bygdemat.reason', %s, true), set_config('bygdemat.bulk', '', true)"
)
_SET_AND_CLAIM = (
    f"WITH act AS ({_SET})"
    " INSERT INTO ground_idempotencyrecord (actor, endpoint, key, body_sha256)"
    " SELECT %s, %s, %s, %s FROM act ON CONFLICT (actor, endpoint, key) DO NOTHING RETURNING id"
)


@contextmanager
def acting(by: Actor, *, once: Once | None = None) -> Iterator[Act]:
    """One transaction in which ``by`` acts. Inside another act it joins that one.

    With ``once`` the act's ``reply`` holds the earlier answer, if there is one; the caller returns it then.
    Raises KeyUsedForAnotherBody (422).
    """
    outer = _acting.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        act = _begin(by, once)
        token = _acting.set(act)
        try:
            yield act
        finally:
            _acting.reset(token)


def _begin(by: Actor, once: Once | None) -> Act:
    who = [by.name, by.door, by.reason]
    with connection.cursor() as cursor:
        if once is None:
            cursor.execute(_SET, who)
            return Act(by=by)
        cursor.execute(_SET_AND_CLAIM, [*who, by.name, once.endpoint, once.key, once.body_sha256])
        claimed = cursor.fetchone()
        if claimed:
            return Act(by=by, once=once, _record_id=claimed[0])
        cursor.execute(_SET, who)
        cursor.execute(
            "SELECT body_sha256, reply FROM ground_idempotencyrecord WHERE actor = %s AND endpoint = %s AND key = %s",
            [by.name, once.endpoint, once.key],
        )
        body_sha256, reply = cursor.fetchone()
    if body_sha256 != once.body_sha256:
        raise KeyUsedForAnotherBody(key=once.key)
    return Act(by=by, once=once, reply=json.loads(reply) if isinstance(reply, str) else reply)


def trail_in_bulk(job: str) -> None:
    """From here to the end of the transaction, inserted rows are trailed once a statement: ids and one digest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('bygdemat.bulk', %s, true)", [job])


def trailed(table: str, *, left_out: Sequence[str] = (), append_only: bool = False) -> migrations.RunSQL:
    """Migration operation: every insert, update and delete of ``table`` is trailed.

    ``left_out`` are columns that never reach the trail (secrets, what a person may have erased).
    ``append_only`` tables refuse update and delete altogether; only they may be trailed in bulk.
    """
    columns = "{" + ",".join(left_out) + "}"
    forward = [
        f"INSERT INTO ground_trailtable (table_name, left_out) VALUES ('{table}', '{columns}')",
        _trigger(table, "INSERT", "NEW TABLE AS new_rows", columns),
    ]
    if append_only:
        forward.append(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION append_only_guard()"
        )
    else:
        forward += [
            _trigger(table, "UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows", columns),
            _trigger(table, "DELETE", "OLD TABLE AS old_rows", columns),
        ]
    names = (
        ["trail_insert", "append_only"] if append_only else ["trail_insert", "trail_update", "trail_delete"]
    )
    backward = [f"DROP TRIGGER {name} ON {table}" for name in names]
    backward.append(f"DELETE FROM ground_trailtable WHERE table_name = '{table}'")
    return migrations.RunSQL(tuple(forward), tuple(backward))


def _trigger(table: str, op: str, transition: str, columns: str) -> str:
    return (
        f"CREATE TRIGGER trail_{op.lower()} AFTER {op} ON {table} REFERENCING {transition}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION trail_write('{columns}')"
    )
