-- Revision 0002: the identity of a project, and no update by what was read before another's change.
INSERT INTO plan.project (key, value) VALUES ('project_id', gen_random_uuid()::text);
-- alembic counts the versions from now on; programs of revision 0001 look for this one and refuse
DELETE FROM plan.project WHERE key = 'schema';
REVOKE INSERT, UPDATE, DELETE ON plan.alembic_version FROM ilo_planner;

-- QGIS sends the columns that it changed, and not what it read. If its form sends -row_version too, this
-- tells it when another was faster; a program that sends nothing has the present number here.
CREATE OR REPLACE FUNCTION plan.count_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.row_version NOT IN (OLD.row_version, -OLD.row_version) THEN
    RAISE EXCEPTION '%: a row was changed by another editor since it was read', TG_TABLE_NAME
      USING ERRCODE = 'serialization_failure', TABLE = TG_TABLE_NAME,
            HINT = 'Read the row again and make your change anew.';
  END IF;
  NEW.row_version := OLD.row_version + 1;
  RETURN NEW;
END $$;
