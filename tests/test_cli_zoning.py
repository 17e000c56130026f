"""The commands for zoning plans."""

import json
import subprocess
import sys

import pytest


def run(*words, cwd):
    command = [sys.executable, "-m", "ilo_gis.cli", "zoning", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_codes_prints_a_catalogue(tmp_path):
    told = json.loads(run("codes", "pe_2016", "--json", cwd=tmp_path).stdout)
    assert told["zones"]["RDB"]["parameters"]["min_area"] == 300
    shown = run("codes", "pe_2016", cwd=tmp_path).stdout
    assert "Residencial de densidad baja" in shown
    pairs = json.loads(run("codes", "pe_2016", "--to", "pe_2022", "--json", cwd=tmp_path).stdout)
    assert pairs["RDB"]["codes"] == ["urban_low"]


@pytest.mark.parametrize(("words", "says"), [(("codes", "pe_2017"), "pe_2016")])
def test_wrong_input_ends_with_2_and_says_what_to_do(tmp_path, words, says):
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
