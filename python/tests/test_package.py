"""The package as it is installed: typed, with its licences, in the version of the rest, and with a readme that runs."""

from __future__ import annotations

import pathlib
import re
from importlib import metadata

import downhill

ROOT = pathlib.Path(__file__).parents[2]
HERE = pathlib.Path(downhill.__file__).parent


def test_the_version_is_that_of_the_workspace() -> None:
    workspace = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.+)"', workspace, re.MULTILINE)
    assert found is not None
    assert found[1] == downhill.__version__ == metadata.version("downhill")


def test_the_wheel_is_whole() -> None:
    names = {path.name for path in metadata.files("downhill") or []}
    assert {"py.typed", "widget.js", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE-MICROPYTHON"} <= names


def test_the_script_asks_for_no_other_file() -> None:
    script = (HERE / "widget.js").read_text(encoding="utf-8")
    # The embed dialog writes an import into the reader's page, as text.
    assert not re.findall(r"""\bimport\s*\(|(?:^|[;}\n])\s*import\b""", script)
    assert "import.meta" not in script
    assert not re.findall(r"""["'`]https?://(?!www\.w3\.org/)[^"'`]*""", script)


def test_the_readme_runs() -> None:
    readme = (ROOT / "python/README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) >= 4
    names: dict[str, object] = {}
    for block in blocks:
        # Only a page has runs; JupyterLab runs these blocks as cells.
        if ".runs()" not in block:
            exec(block, names)
    assert "w" in names
