"""Many rows, many files, several processors or computers: the same result, bit by bit.

A function works here if it takes a table, returns a table, and treats rows independently of each
other, as `cut_lots` does with blocks.
"""

from ilo_gis.scale.files import run_files
from ilo_gis.scale.jobs import Job, WorkersLost, do
from ilo_gis.scale.tables import WORTH_IT, run

__all__ = ["WORTH_IT", "Job", "WorkersLost", "do", "run", "run_files"]
