"""No room reaches where it may not: the import column of the design, walked."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("assets", "expectations", "pipelines", "warehouse")

#: For each room, what it may import of the others, and the libraries it must not touch.
MAY_IMPORT = {
    "assets": {"assets", "expectations", "pipelines", "warehouse"},
    "expectations": {"expectations", "warehouse"},
    "pipelines": {"pipelines", "warehouse.tables"},
    "warehouse": {"warehouse"},
}
MUST_NOT_IMPORT = {
    "assets": {"great_expectations"},
    "expectations": {"dagster"},
    "pipelines": {"dagster", "great_expectations", "duckdb"},
    "warehouse": {"dagster", "great_expectations", "spacy"},
}
#: Where a room's rule is wider for one module.
ALSO_MAY_IMPORT = {"pipelines/engines.py": {"warehouse.storage"}}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{a.name}" for a in node.names}
    return names


def is_below(name: str, prefixes: set[str]) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in prefixes)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        allowed = MAY_IMPORT[room] | ALSO_MAY_IMPORT.get(where, set())
        ours = {name for name in imports(path) if name.split(".")[0] in ROOMS}
        assert not {n for n in ours if not is_below(n, allowed)}, where
        foreign = {n for n in imports(path) if is_below(n, MUST_NOT_IMPORT[room])}
        assert not foreign, where


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_belongs_there(room: str) -> None:
    tree = ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))
    doc = ast.get_docstring(tree)
    assert doc
    assert "belong" in doc


def test_a_forbidden_import_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def f():\n    from warehouse.duckdb import publish\n    import dagster\n")
    assert imports(module) == {"warehouse.duckdb.publish", "dagster"}
    assert not is_below("warehouse.duckdb.publish", MAY_IMPORT["pipelines"])
