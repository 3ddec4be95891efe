"""The checks of `config.ground.verifying`, one set-based query each."""

REGISTER = "SELECT table_name, left_out FROM ground_trailtable ORDER BY table_name"

HEADS = """
SELECT DISTINCT ON (authority_id) authority_id, number, encode(digest, 'hex')
FROM ground_trailseal ORDER BY authority_id, number DESC
"""

# Each seal against the stored digest of the one before it, so that one broken seal is told once.
BROKEN_SEALS = """
WITH sealed AS (
  SELECT seal.authority_id, seal.number, count(*) AS entries, string_agg(entry.digest, ''::bytea ORDER BY entry.id) AS digests
  FROM ground_trailentry AS entry
  CROSS JOIN LATERAL (SELECT authority_id, number FROM ground_trailseal
                      WHERE authority_id = coalesce(entry.authority_id, 0) AND to_entry >= entry.id
                      ORDER BY to_entry LIMIT 1) AS seal
  GROUP BY 1, 2),
chain AS (
  SELECT authority_id, number, to_entry, entries, digest, lag(digest) OVER one AS before,
         coalesce(lag(number) OVER one, 0) + 1 = number AND coalesce(lag(to_entry) OVER one, 0) < to_entry AS follows
  FROM ground_trailseal WINDOW one AS (PARTITION BY authority_id ORDER BY number)),
judged AS (
  SELECT chain.*, coalesce(sealed.entries, 0) = chain.entries
         AND chain.digest = sha256(coalesce(chain.before, ''::bytea) || coalesce(sealed.digests, ''::bytea)) AS holds
  FROM chain LEFT JOIN sealed USING (authority_id, number))
SELECT authority_id, number, to_entry, entries, follows, holds FROM judged
WHERE NOT (follows AND holds) ORDER BY authority_id, number
"""

# One sealing takes every authority's entries up to the same id.
UNSEALED_ENTRIES = """
SELECT entry.id, entry.table_name FROM ground_trailentry AS entry
WHERE entry.id <= (SELECT max(to_entry) FROM ground_trailseal)
  AND NOT EXISTS (SELECT FROM ground_trailseal
                  WHERE authority_id = coalesce(entry.authority_id, 0) AND to_entry >= entry.id)
ORDER BY entry.id
"""

ALTERED_ENTRIES = """
SELECT id, table_name, row_id FROM ground_trailentry
WHERE (%s OR table_name = ANY(%s)) AND payload IS NOT NULL
  AND (digest IS DISTINCT FROM trail_digest(at, actor, door, reason, table_name, op, row_id, payload)
       OR authority_id::text IS DISTINCT FROM payload ->> 'authority_id')
ORDER BY id
"""

# Triggers that a trailed table must have, switched on; and that the register says what the triggers say.
GUARDS = r"""
WITH present AS (
  SELECT tgrelid::regclass::text AS table_name, tgname::text AS trigger, tgenabled IN ('O', 'A') AS is_on,
         replace(encode(tgargs, 'escape'), '\000', '') AS left_out
  FROM pg_trigger WHERE NOT tgisinternal),
demanded AS (
  SELECT table_name, trigger FROM ground_trailtable, unnest(ARRAY['trail_insert', 'trail_update', 'trail_delete']) AS trigger
  UNION ALL
  VALUES ('ground_trailentry', 'append_only'), ('ground_trailentry', 'disposal_only'), ('ground_trailseal', 'append_only'))
SELECT demanded.table_name, 'not_watched', demanded.trigger FROM demanded
WHERE NOT EXISTS (SELECT FROM present WHERE is_on AND present.table_name = demanded.table_name
                  AND present.trigger IN (demanded.trigger,
                    CASE WHEN demanded.trigger IN ('trail_update', 'trail_delete') THEN 'append_only' END))
UNION ALL
SELECT present.table_name, 'left_out_differs', present.trigger FROM present
JOIN ground_trailtable AS register ON register.table_name = present.table_name
WHERE present.trigger LIKE 'trail\_%' AND register.left_out::text[] IS DISTINCT FROM present.left_out::text[]
UNION ALL
SELECT DISTINCT present.table_name, 'not_registered', NULL::text FROM present
WHERE present.trigger = 'trail_insert' AND present.table_name NOT IN (SELECT table_name FROM ground_trailtable)
ORDER BY 1, 2, 3
"""

# Every row that is or was, beside its last image. Only columns that both know are compared.
ROWS = """
WITH last AS (
  SELECT DISTINCT ON (row_id) row_id, id AS entry, op, payload FROM ground_trailentry
  WHERE table_name = %(table)s AND row_id IS NOT NULL ORDER BY row_id DESC, id DESC),
bulk AS (
  SELECT written.id AS row_id, max(entry.id) AS entry
  FROM ground_trailentry AS entry, unnest(entry.row_ids) AS written (id)
  WHERE table_name = %(table)s AND op = 'B' GROUP BY 1),
known AS (
  SELECT row_id, entry, op, payload FROM last
  UNION ALL
  SELECT row_id, entry, 'B', NULL::jsonb FROM bulk WHERE NOT EXISTS (SELECT FROM last WHERE last.row_id = bulk.row_id)),
live AS (SELECT id, to_jsonb(present) - %(left_out)s::text[] AS image FROM {the_table} AS present),
beside AS (
  SELECT coalesce(live.id, known.row_id) AS row_id, known.entry,
    CASE
      WHEN known.row_id IS NULL THEN 'row_unknown'
      WHEN live.id IS NULL AND known.op <> 'D' THEN 'row_gone'
      WHEN live.id IS NULL THEN NULL
      WHEN known.op = 'D' THEN 'row_returned'
      WHEN known.op = 'B' THEN NULL
      WHEN known.payload IS NULL THEN 'unproven'
      WHEN live.image <> known.payload THEN 'row_changed'
    END AS kind, live.image, known.payload
  FROM live FULL JOIN known ON known.row_id = live.id),
judged AS (
  SELECT kind, row_id, entry, CASE WHEN kind = 'row_changed' THEN ARRAY(
      -- OFFSET 0: the image is made once a row, not once a column.
      SELECT was.key FROM (SELECT image AS now_is OFFSET 0) AS one, jsonb_each(payload) AS was
      WHERE now_is ? was.key AND now_is -> was.key IS DISTINCT FROM was.value ORDER BY was.key) END AS columns
  FROM beside WHERE kind IS NOT NULL)
SELECT kind, row_id, entry, columns FROM judged
WHERE kind <> 'row_changed' OR columns <> '{}' ORDER BY row_id
"""

# A bulk entry's digest, made again from its rows with the columns that they had then.
BULK = """
WITH now_columns AS (
  SELECT attname::text AS name FROM pg_attribute
  WHERE attrelid = to_regclass(%(quoted)s) AND attnum > 0 AND NOT attisdropped),
entry AS (
  SELECT id, row_ids, payload ->> 'digest' AS digest,
         (SELECT coalesce(array_agg(name), '{}') FROM now_columns WHERE NOT payload -> 'columns' ? name) AS since
  FROM ground_trailentry
  WHERE table_name = %(table)s AND op = 'B' AND payload IS NOT NULL
    AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(payload -> 'columns') AS was
                    WHERE was NOT IN (SELECT name FROM now_columns)))
SELECT entry.id, cardinality(entry.row_ids) FROM entry
CROSS JOIN LATERAL (
  SELECT encode(sha256(string_agg(trail_row_digest(to_jsonb(present) - entry.since), ''::bytea ORDER BY present.id)), 'hex') AS digest
  FROM {the_table} AS present WHERE present.id = ANY(entry.row_ids)) AS made
WHERE made.digest IS DISTINCT FROM entry.digest ORDER BY entry.id
"""
