"""The panel: where a project stands, what its plan comes to, its alternatives and its findings."""
