-- Roles and schema of a project on a server. Roles belong to the whole server, and may be there already.
DO $$
DECLARE
  role text;
  sees_people boolean;
BEGIN
  FOREACH role IN ARRAY ARRAY['ilo_reader', 'ilo_planner', 'ilo_registrar', 'ilo_admin'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ilo_admin', current_database());
  -- People have a schema that only registrars see: who makes it leaves it, unless he is one.
  sees_people := pg_has_role(CURRENT_USER, 'ilo_registrar', 'MEMBER');
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ilo_registrar', current_database());
  IF NOT sees_people THEN GRANT ilo_registrar TO CURRENT_USER; END IF;
  CREATE SCHEMA IF NOT EXISTS people AUTHORIZATION ilo_registrar;
  SET LOCAL ROLE ilo_registrar;
  CREATE TABLE people.people (
    person_id text PRIMARY KEY,
    household_id text NOT NULL,
    name text NOT NULL,
    document text,
    birth timestamp(3),
    phone text
  );
  RESET ROLE;
  EXECUTE format('REVOKE CREATE ON DATABASE %I FROM ilo_registrar', current_database());
  IF NOT sees_people THEN REVOKE ilo_registrar FROM CURRENT_USER; END IF;
END $$;
GRANT ilo_reader TO ilo_planner;
GRANT ilo_planner TO ilo_registrar;
GRANT ilo_planner TO ilo_admin;
GRANT ilo_admin TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE SCHEMA IF NOT EXISTS plan AUTHORIZATION ilo_admin;
GRANT USAGE ON SCHEMA plan TO ilo_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE ilo_admin IN SCHEMA plan GRANT SELECT ON TABLES TO ilo_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE ilo_admin IN SCHEMA plan GRANT INSERT, UPDATE, DELETE ON TABLES TO ilo_planner;
