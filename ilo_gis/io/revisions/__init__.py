"""How the schema of a project on a server came to be, for alembic; `io.postgis_versions` runs it."""
