"""Layers and plans from files and into files. A crash never harms the file that was there."""

from ilo_gis.io.atomic import filling, replacing, require_free
from ilo_gis.io.datum import Operation, operation, to_crs
from ilo_gis.io.dxf import write_dxf
from ilo_gis.io.dxf_read import read_dxf
from ilo_gis.io.elevation import read_elevation
from ilo_gis.io.epanet import write_inp
from ilo_gis.io.exported import read_exported
from ilo_gis.io.geodiff import difference, rebase
from ilo_gis.io.gpx import read_gpx
from ilo_gis.io.importing import import_file
from ilo_gis.io.kml import read_kml
from ilo_gis.io.ladm import ladm_classes, write_ladm
from ilo_gis.io.merging import Merged, three_way
from ilo_gis.io.offices import write_csv, write_geojson, write_parquets, write_shapefile
from ilo_gis.io.parquet import write_parquet
from ilo_gis.io.people import read_people, write_people
from ilo_gis.io.project import is_project, project_info, read_project, write_project, write_tables
from ilo_gis.io.samples import sample, sample_path, samples
from ilo_gis.io.sharing import Shared, pull, push
from ilo_gis.io.store import Store, migrate, open  # noqa: A004  (io.open, as gzip.open is)
from ilo_gis.io.vector import has_layer, read_layer, read_table, read_with_findings
from ilo_gis.io.vertices import read_vertices
from ilo_gis.io.xlsx import write_xlsx

__all__ = [
    "Merged",
    "Operation",
    "Shared",
    "Store",
    "difference",
    "filling",
    "has_layer",
    "import_file",
    "is_project",
    "ladm_classes",
    "migrate",
    "open",
    "operation",
    "project_info",
    "pull",
    "push",
    "read_dxf",
    "read_elevation",
    "read_exported",
    "read_gpx",
    "read_kml",
    "read_layer",
    "read_people",
    "read_project",
    "read_table",
    "read_vertices",
    "read_with_findings",
    "rebase",
    "replacing",
    "require_free",
    "sample",
    "sample_path",
    "samples",
    "three_way",
    "to_crs",
    "write_csv",
    "write_dxf",
    "write_geojson",
    "write_inp",
    "write_ladm",
    "write_parquet",
    "write_parquets",
    "write_people",
    "write_project",
    "write_shapefile",
    "write_tables",
    "write_xlsx",
]
