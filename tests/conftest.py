from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data():
    """The folder `shared/data` beside the repository: real data that is not shipped."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder shared/data with real data is not beside the repository")
    return folder
