"""What alembic runs: the revisions that are lacking, in the transaction that it was given."""

from alembic import context

from ilo_gis.io.postgis import SCHEMA

context.configure(connection=context.config.attributes["connection"], version_table_schema=SCHEMA)
context.run_migrations()
