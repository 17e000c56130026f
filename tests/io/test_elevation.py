import shutil
import subprocess

import geopandas as gpd
import numpy as np
import pytest
from shapely import box

from ilo_gis.errors import CRSError, GeometryError, ReadError
from ilo_gis.io import read_elevation, sample, sample_path

rasterio = pytest.importorskip("rasterio")
WEST, NORTH, CELL = 254_000.0, 8_047_000.0, 10.0
SITE = gpd.GeoDataFrame(geometry=[box(WEST + 200, NORTH - 300, WEST + 300, NORTH - 200)], crs=32719)


@pytest.fixture
def raster(tmp_path):
    """Write a raster of 50 by 50 cells that rises 1 m a cell to the east, with one thing changed."""

    def write(
        values=None, crs="EPSG:32719", transform=None, nodata=-9999.0, unit=None, dtype="float32", bands=1
    ):
        values = np.tile(np.arange(50.0), (50, 1)) if values is None else values
        transform = (
            rasterio.transform.Affine(CELL, 0, WEST, 0, -CELL, NORTH) if transform is None else transform
        )
        path = tmp_path / "heights.tif"
        high, wide = values.shape
        profile = {"driver": "GTiff", "height": high, "width": wide, "count": bands, "dtype": dtype}
        with rasterio.open(path, "w", **profile, crs=crs, transform=transform, nodata=nodata) as file:
            for band in range(1, bands + 1):
                file.write(values.astype(dtype), band)
                if unit:
                    file.set_band_unit(band, unit)
        return path

    return write


def test_only_the_window_of_the_site_is_read(raster):
    ground = read_elevation(raster(), SITE, margin=50.0)
    assert (ground.west, ground.north, ground.cell) == (WEST + 150, NORTH - 150, (10.0, 10.0))
    assert ground.values.shape == (20, 20)
    assert ground.heights(np.array([[WEST + 205, NORTH - 250]])).tolist() == [20]


def test_rows_from_the_south_are_turned(raster):
    upward = rasterio.transform.Affine(CELL, 0, WEST, 0, CELL, NORTH - 500)
    values = np.tile(np.arange(50.0)[:, None], (1, 50))  # rises to the north
    ground = read_elevation(raster(values, transform=upward), SITE)
    assert ground.heights(np.array([[WEST + 250, NORTH - 495 + 240]])).tolist() == [24]


def test_the_sample_agrees_with_gdal_at_a_place():
    ground = read_elevation(sample_path("elevation"), sample("pampa"))
    column, row = 233, 200  # gdallocationinfo says 164.9 m
    middle = np.array([[247_000 + 30 * (column + 0.5), 8_053_020 - 30 * (row + 0.5)]])
    assert ground.heights(middle)[0] == pytest.approx(164.9, abs=0.001)


@pytest.mark.skipif(shutil.which("gdaldem") is None, reason="gdaldem is not on this machine")
def test_slope_is_that_of_gdal(tmp_path):
    out = tmp_path / "slope.tif"
    subprocess.run(["gdaldem", "slope", "-p", sample_path("elevation"), out, "-q"], check=True)
    with rasterio.open(out) as file:
        percent = file.read(1, masked=True).astype(float).filled(np.nan)
        inner = box(*file.bounds).buffer(-30, join_style="mitre")
    everywhere = gpd.GeoDataFrame(geometry=[inner], crs=32719)
    slope = read_elevation(sample_path("elevation"), everywhere, margin=0, partial=True).slope()
    off = slope[1:-1, 1:-1] * 100 - percent
    assert np.isfinite(off).sum() > 100_000
    assert (np.isnan(slope[1:-1, 1:-1]) == np.isnan(percent)).all()
    assert np.nanmax(np.abs(off)) < 1e-3


def test_the_errors_say_the_mend(raster):
    for change, error, said in [
        ({"crs": None}, CRSError, "has no CRS.*gdal_translate -a_srs EPSG:32719 .*heights.tif out.tif"),
        ({"crs": "EPSG:4326"}, CRSError, "degrees.*gdalwarp -t_srs EPSG:32719 -r bilinear .*heights.tif"),
        ({"crs": "EPSG:32718"}, CRSError, "zone 18S.*gdalwarp -t_srs EPSG:32719"),
        (
            {"crs": "EPSG:32719+6360"},
            ReadError,
            "US survey foot.*A\\*0.3048006096.*gdal_edit.py -a_srs EPSG:32719",
        ),
        ({"unit": "ft"}, ReadError, "'ft', not in metres.*gdal_calc.py -A .*A\\*0.3048\""),
        ({"unit": "fathom"}, ReadError, "'fathom', not in metres. Convert them"),
        ({"bands": 3}, ReadError, "3 bands.*gdal_translate -b 1"),
        ({"nodata": None, "values": np.full((50, 50), -32768.0)}, ReadError, "a_nodata -32768"),
        (
            {"nodata": None, "dtype": "uint16", "values": np.full((50, 50), 65535.0)},
            ReadError,
            "a_nodata 65535",
        ),
        (
            {"transform": rasterio.transform.Affine(10, 1, WEST, 1, -10, NORTH)},
            ReadError,
            "straight.*gdalwarp",
        ),
    ]:
        with pytest.raises(error, match=f"(?s){said}"):
            read_elevation(raster(**change), SITE)


def test_a_raster_that_does_not_cover_the_site(raster):
    values = np.tile(np.arange(50.0), (50, 1))
    values[:, 24:] = -9999
    with pytest.raises(ReadError, match=r"no heights for 60 % of the site.*partial=True"):
        read_elevation(raster(values), SITE)
    ground = read_elevation(raster(values), SITE, partial=True)
    seen = ground.heights(np.array([[WEST + 215, NORTH - 250], [WEST + 285, NORTH - 250]]))
    np.testing.assert_array_equal(seen, [21, np.nan])
    edge = gpd.GeoDataFrame(geometry=[box(WEST, NORTH - 300, WEST + 100, NORTH - 200)], crs=32719)
    with pytest.raises(ReadError, match="the edge of the site"):
        read_elevation(raster(), edge)
    far = SITE.translate(20_000).to_frame("geometry")
    with pytest.raises(ReadError, match="no heights in the site at all"):
        read_elevation(raster(), far, partial=True)


def test_what_is_no_raster_or_no_site(tmp_path, raster):
    with pytest.raises(ReadError, match="no file"):
        read_elevation(tmp_path / "none.tif", SITE)
    (tmp_path / "text.tif").write_text("heights")
    with pytest.raises(ReadError, match="cannot be read as a raster"):
        read_elevation(tmp_path / "text.tif", SITE)
    with pytest.raises(ReadError, match="no polygons"):
        read_elevation(raster(), SITE.iloc[:0])
    with pytest.raises(GeometryError, match="site"):
        read_elevation(raster(), SITE.boundary.to_frame("geometry"))
    with pytest.raises(CRSError, match="degree"):
        read_elevation(raster(), SITE.to_crs(4326))


def test_axes_of_the_crs_in_another_order(shared_data):
    """The CRS of New Zealand names north first; its GeoTIFF and its EPSG code are still one CRS."""
    site = gpd.GeoDataFrame(geometry=[box(1_771_000, 5_930_000, 1_772_000, 5_931_000)], crs=2193)
    ground = read_elevation(shared_data / "dem_coast_64m.tif", site)
    assert np.isfinite(ground.heights(np.array([[1_771_500.0, 5_930_500.0]]))).all()


@pytest.mark.parametrize(
    "door", ["/vsicurl/http://localhost:1/dem.tif", "https://localhost:1/dem.tif", "WMS:x"]
)
def test_heights_are_read_from_files_only(door):
    with pytest.raises(ReadError, match="is an address, not a file"):
        read_elevation(door, SITE)


@pytest.mark.parametrize("name", ["dem.vrt", "dem.tif"])
def test_heights_are_not_read_from_what_opens_other_rasters(tmp_path, name):
    inner = "<SimpleSource><SourceFilename>/vsicurl/http://localhost:1/x.tif</SourceFilename></SimpleSource>"
    (tmp_path / name).write_text(
        f'<VRTDataset rasterXSize="1" rasterYSize="1"><VRTRasterBand dataType="Float32" band="1">{inner}'
        "</VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(ReadError, match=r"cannot be read as a raster.*gdal_translate"):
        read_elevation(tmp_path / name, SITE)
