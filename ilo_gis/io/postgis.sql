-- Roles and schema of a project on a server. Roles belong to the whole server, and may be there already.
DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['ilo_reader', 'ilo_planner', 'ilo_admin'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role);
    END IF;
  END LOOP;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO ilo_admin', current_database());
END $$;
GRANT ilo_reader TO ilo_planner;
GRANT ilo_planner TO ilo_admin;
GRANT ilo_admin TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE SCHEMA IF NOT EXISTS plan AUTHORIZATION ilo_admin;
GRANT USAGE ON SCHEMA plan TO ilo_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE ilo_admin IN SCHEMA plan GRANT SELECT ON TABLES TO ilo_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE ilo_admin IN SCHEMA plan GRANT INSERT, UPDATE, DELETE ON TABLES TO ilo_planner;
