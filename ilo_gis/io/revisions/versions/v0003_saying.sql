-- Revision 0003: who writes by a program that says nothing, such as QGIS, can say beforehand who and why.
CREATE TABLE plan.saying (
  account text PRIMARY KEY,
  who text NOT NULL,
  reason text NOT NULL,
  until timestamptz NOT NULL);
REVOKE INSERT, UPDATE, DELETE ON plan.saying FROM ilo_planner;  -- each says it of the own account alone: say()

CREATE FUNCTION plan.say(who text, reason text, seconds integer) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = plan, pg_temp AS $$
  DELETE FROM saying WHERE account = session_user;
  INSERT INTO saying SELECT session_user, $1, $2, clock_timestamp() + make_interval(secs => $3) WHERE $3 > 0;
$$;
REVOKE EXECUTE ON FUNCTION plan.say(text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION plan.say(text, text, integer) TO ilo_planner;

-- A program that tells who it is speaks for itself.
CREATE OR REPLACE FUNCTION plan.said(name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN nullif(current_setting('ilo_gis.who', true), '') IS NOT NULL
    THEN nullif(current_setting('ilo_gis.' || $1, true), '')
    ELSE (SELECT CASE $1 WHEN 'who' THEN s.who ELSE s.reason END FROM plan.saying s
          WHERE s.account = session_user AND s.until > clock_timestamp()) END $$;
