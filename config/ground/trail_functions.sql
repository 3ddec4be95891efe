-- The trail's writers. Kept beside trail.py; the first migration of ground loads this file.

CREATE FUNCTION trail_digest(at timestamptz, actor text, door text, reason text, table_name text, op text,
                             row_id bigint, payload jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(concat_ws(E'\x1f', extract(epoch FROM at)::text, actor, door, reason, table_name, op,
                                     coalesce(row_id::text, ''), coalesce(payload::text, '')), 'UTF8'))
$$;

CREATE FUNCTION trail_row_digest(image jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(image::text, 'UTF8'))
$$;

CREATE FUNCTION trail_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  who text := coalesce(current_setting('bygdemat.actor', true), '');
  way text := coalesce(current_setting('bygdemat.door', true), '');
  why text := coalesce(current_setting('bygdemat.reason', true), '');
  bulk text := coalesce(current_setting('bygdemat.bulk', true), '');
  hidden text[] := TG_ARGV[0]::text[];
  moment timestamptz := now();
  tx bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF who = '' OR way = '' THEN
    RAISE EXCEPTION 'trail: % on % without an actor and a door', TG_OP, TG_TABLE_NAME USING ERRCODE = 'BM001';
  END IF;
  IF TG_OP = 'INSERT' AND bulk <> '' AND EXISTS (
      SELECT 1 FROM pg_trigger WHERE tgrelid = TG_RELID AND tgname = 'append_only') THEN
    INSERT INTO ground_trailentry (at, xid, actor, door, reason, table_name, op, row_ids, payload, digest)
    SELECT moment, tx, who, way, why, TG_TABLE_NAME, 'B', ids, image,
           trail_digest(moment, who, way, why, TG_TABLE_NAME, 'B', NULL, image)
    FROM (
      SELECT array_agg(n.id ORDER BY n.id) AS ids,
             jsonb_build_object('job', bulk, 'rows', count(*), 'columns',
               (SELECT jsonb_agg(attname ORDER BY attname) FROM pg_attribute
                 WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attname <> ALL (hidden)),
               'digest', encode(sha256(string_agg(trail_row_digest(to_jsonb(n) - hidden), ''::bytea ORDER BY n.id)),
                                'hex')) AS image
      FROM new_rows n HAVING count(*) > 0) AS one;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO ground_trailentry (at, xid, actor, door, reason, table_name, op, row_id, authority_id, payload, digest)
    SELECT moment, tx, who, way, why, TG_TABLE_NAME, 'I', n.id, (image ->> 'authority_id')::bigint, image,
           trail_digest(moment, who, way, why, TG_TABLE_NAME, 'I', n.id, image)
    FROM (SELECT r.id, to_jsonb(r) - hidden AS image FROM new_rows r) AS n;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO ground_trailentry (at, xid, actor, door, reason, table_name, op, row_id, authority_id, payload, digest)
    SELECT moment, tx, who, way, why, TG_TABLE_NAME, 'U', n.id, (image ->> 'authority_id')::bigint, image,
           trail_digest(moment, who, way, why, TG_TABLE_NAME, 'U', n.id, image)
    FROM (SELECT r.id, to_jsonb(r) - hidden AS image FROM new_rows r) AS n
    JOIN (SELECT r.id, to_jsonb(r) - hidden AS before FROM old_rows r) AS o USING (id)
    WHERE o.before IS DISTINCT FROM n.image;
  ELSE
    INSERT INTO ground_trailentry (at, xid, actor, door, reason, table_name, op, row_id, authority_id, payload, digest)
    SELECT moment, tx, who, way, why, TG_TABLE_NAME, 'D', n.id, (image ->> 'authority_id')::bigint, image,
           trail_digest(moment, who, way, why, TG_TABLE_NAME, 'D', n.id, image)
    FROM (SELECT r.id, to_jsonb(r) - hidden AS image FROM old_rows r) AS n;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION append_only_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: book a correcting row instead', TG_TABLE_NAME USING ERRCODE = 'BM002';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OF id, at, xid, actor, door, reason, table_name, op, row_id, row_ids, digest
  OR DELETE ON ground_trailentry FOR EACH STATEMENT EXECUTE FUNCTION append_only_guard();
