-- History and notices of one table. Rows that fill a table of a scenario at once are one line.
CREATE FUNCTION $FUNCTION() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = plan, public, pg_temp AS $$
DECLARE
  _at timestamp(3) := now() AT TIME ZONE 'UTC';  -- the names of columns are free for planners
  _who text := said('who');
  _reason text := said('reason');
  _part record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    FOR _part IN SELECT scenario, count(*) AS rows, min(fid) AS low, max(fid) AS high FROM added GROUP BY 1 LOOP
      IF _part.rows > 1 AND NOT EXISTS (
        SELECT FROM $TABLE t WHERE t.scenario = _part.scenario AND t.fid NOT BETWEEN _part.low AND _part.high
      ) THEN
        INSERT INTO history (at, who, operation, scenario, "table", after, reason)
        VALUES (_at, _who, 'load', _part.scenario, $NAME,
                jsonb_build_object('rows', _part.rows, 'first', _part.low, 'last', _part.high), _reason);
      ELSE
        INSERT INTO history (at, who, operation, scenario, "table", "key", after, reason)
        SELECT _at, _who, 'insert', n.scenario, $NAME, n.$KEY, $NEW, _reason
        FROM added n WHERE n.scenario = _part.scenario ORDER BY n.fid;
      END IF;
    END LOOP;
    PERFORM pg_notify('ilo_gis', json_build_array($NAME, scenario)::text) FROM added GROUP BY scenario;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO history (at, who, operation, scenario, "table", "key", before, after, reason)
    SELECT _at, _who, 'update', pair.scenario, $NAME, pair.id,
           differing(pair.was, pair.becomes), differing(pair.becomes, pair.was), _reason
    FROM (SELECT n.fid, n.scenario, n.$KEY AS id, $OLD AS was, $NEW AS becomes
          FROM removed o JOIN added n ON n.fid = o.fid) pair
    WHERE pair.was IS DISTINCT FROM pair.becomes ORDER BY pair.fid;
    PERFORM pg_notify('ilo_gis', json_build_array($NAME, scenario)::text) FROM added GROUP BY scenario;
  ELSE
    INSERT INTO history (at, who, operation, scenario, "table", "key", before, reason)
    SELECT _at, _who, 'delete', o.scenario, $NAME, o.$KEY, $OLD, _reason FROM removed o ORDER BY o.fid;
    PERFORM pg_notify('ilo_gis', json_build_array($NAME, scenario)::text) FROM removed GROUP BY scenario;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER history_insert AFTER INSERT ON $TABLE REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION $FUNCTION();
CREATE TRIGGER history_update AFTER UPDATE ON $TABLE REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION $FUNCTION();
CREATE TRIGGER history_delete AFTER DELETE ON $TABLE REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION $FUNCTION();
