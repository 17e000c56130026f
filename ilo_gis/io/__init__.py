"""Layers and plans from files and into files. A crash never harms the file that was there."""

from ilo_gis.io.atomic import replacing
from ilo_gis.io.parquet import write_parquet
from ilo_gis.io.project import project_info, read_project, write_project
from ilo_gis.io.vector import read_layer

__all__ = ["project_info", "read_layer", "read_project", "replacing", "write_parquet", "write_project"]
