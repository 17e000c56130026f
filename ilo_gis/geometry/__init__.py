"""Arrays of shapely geometries in and out, with no pandas: the kernel the domains stand on."""
