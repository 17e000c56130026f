"""PROMUVI, the municipal housing programme: from application to title, lot by lot, with the services."""
