-- What the store itself keeps: facts of the plan, and a history that is only added to.
CREATE TABLE plan.project (key text PRIMARY KEY, value text NOT NULL);

ALTER TABLE plan.history ADD COLUMN account text NOT NULL DEFAULT session_user;  -- who logged in, whoever is said
REVOKE INSERT, UPDATE, DELETE ON plan.history FROM ilo_planner;  -- the triggers write it as its owner

CREATE FUNCTION plan.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history is only added to';
END $$;
CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON plan.history
  FOR EACH STATEMENT EXECUTE FUNCTION plan.refuse_change();

CREATE FUNCTION plan.count_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END $$;

CREATE FUNCTION plan.said(name text) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('ilo_gis.' || name, true), '') $$;

-- Of two states of a row as JSON, what differs in the first.
CREATE FUNCTION plan.differing(one jsonb, two jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
  $$ SELECT jsonb_object_agg(key, value) FROM jsonb_each(one) WHERE value IS DISTINCT FROM two -> key $$;
