"""The rules of the house, read from the source: who may import whom, and what a module may not do."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kb_app"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "packaging").rglob("*.py"))
LONGEST_FILE = 350
LONGEST_FUNCTION = 50

BELOW_SERVICES = frozenset({"core", "ingest", "extraction", "resolution", "storage", "exchange"})
# They know nothing of ours, hold no state, and answer the same to whoever asks.
LEAVES = frozenset({"resources", "settings"})
EVERYTHING = BELOW_SERVICES | LEAVES | {"services", "ui", "app", "cli"}
MAY_IMPORT_OURS = {
    "": frozenset(),
    "resources": frozenset(),
    "settings": frozenset(),
    "core": frozenset(),
    "ingest": {"core"} | LEAVES,
    "extraction": {"core"} | LEAVES,
    "resolution": {"core"} | LEAVES,
    "storage": {"core"} | LEAVES,
    "exchange": {"core"} | LEAVES,
    "services": BELOW_SERVICES | LEAVES,
    "ui": {"core", "services"} | LEAVES,
    "app": EVERYTHING,
    "cli": EVERYTHING,
    "__main__": {"cli"},
}
MAY_IMPORT_LIBRARIES = {
    "settings": {"platformdirs"},
    "ingest": {"charset_normalizer", "htmldate", "lxml", "lxml_html_clean", "nh3", "py3langid", "trafilatura"},
    "extraction": {"numpy", "onnxruntime", "py3langid", "tokenizers"},
    "storage": {"peewee", "playhouse"},
    "exchange": {"lxml"},
    "ui": {"PySide6", "qtawesome", "qtpy", "shiboken6"},
    "app": {"PySide6", "platformdirs", "shiboken6"},
}
# Late imports that stand in a function, each with its reason.
LATE_IMPORTS = {
    ("kb_app/cli/entry.py", "_window"): "Qt takes long and needs a desktop's libraries: no subcommand may load it",
    ("kb_app/cli/entry.py", "_worker"): "only a frozen program starts itself as a worker",
    ("kb_app/ui/shared/icons.py", "load"): "the icon font takes long to load, so it comes after the first picture",
    ("kb_app/ingest/language.py", "language_of"): "it brings numpy, which nothing but an import needs",
    ("kb_app/ingest/main_text.py", "main_text"): "trafilatura loads slowly, and only a page needs it",
    ("kb_app/ingest/main_text.py", "guessed_date"): "htmldate loads slowly, and only a page without a date needs it",
    ("kb_app/extraction/encoder.py", "_open"): "the inference runtime loads slowly, and only a model needs it",
    ("kb_app/cli.py", "_window"): "Qt is needed by the window alone: no subcommand may ask for it",
    ("kb_app/cli.py", "_worker"): "the worker's readers load slowly, and only a worker process needs them",
}
TOP_LEVEL = frozenset(
    {"pyproject.toml", "README.md", "kb_app", "resources", "tests", "packaging", "LICENSE", "CHANGELOG.md"}
)
FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"})
MUTABLE_MAKERS = frozenset({"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "bytearray"})


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(source(path), filename=str(path))


def room(path: Path) -> str:
    """Name the package or top module of kb_app that a file belongs to; the empty name is kb_app itself."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported_names(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "kb_app":
            yield from ((node.lineno, f"kb_app.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""


def late_imports(path: Path) -> dict[str, int]:
    """Map each function or class that holds an import to the line of it."""
    found: dict[str, int] = {}
    holders = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for holder in (node for node in ast.walk(tree(path)) if isinstance(node, holders)):
        inner = {
            id(deep)
            for node in ast.walk(holder)
            if isinstance(node, holders) and node is not holder
            for deep in ast.walk(node)
        }
        for node in ast.walk(holder):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in inner:
                found[holder.name] = node.lineno
    return found


@pytest.fixture(params=MODULES, ids=label)
def module(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(params=MODULES + SCRIPTS, ids=label)
def program(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_a_room_imports_only_the_rooms_it_may_know(module: Path) -> None:
    here = room(module)
    assert here in MAY_IMPORT_OURS, f"{label(module)} stands in a room that house.md does not have"
    allowed = MAY_IMPORT_OURS[here] | ({here} if here else set())
    wrong = []
    for line, name in imported_names(module):
        parts = name.split(".")
        if parts[0] != "kb_app" or len(parts) == 1:
            continue
        known = parts[1] if (PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").is_file() else ""
        if known and known not in allowed:
            wrong.append(f"line {line}: {name}")
    assert not wrong, f"{label(module)} ({here or 'kb_app'} may import {sorted(allowed)}): {wrong}"


def test_a_room_uses_only_its_own_libraries(module: Path) -> None:
    allowed = MAY_IMPORT_LIBRARIES.get(room(module), set())
    wrong = []
    for line, name in imported_names(module):
        top = name.split(".")[0]
        if top != "kb_app" and top not in sys.stdlib_module_names and top not in allowed:
            wrong.append(f"line {line}: {name}")
    assert not wrong, f"{label(module)} may use {sorted(allowed) or 'the standard library'}: {wrong}"


def test_imports_are_absolute(module: Path) -> None:
    relative = [node.lineno for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative, f"{label(module)}: relative imports in lines {relative}"


def test_imports_stand_at_the_top(module: Path) -> None:
    late = {name: line for name, line in late_imports(module).items() if (label(module), name) not in LATE_IMPORTS}
    assert not late, f"{label(module)} imports inside {late}: name it in LATE_IMPORTS with its reason"


@pytest.mark.parametrize(("place", "holder"), sorted(LATE_IMPORTS), ids=str)
def test_every_late_import_that_is_allowed_is_still_there(place: str, holder: str) -> None:
    assert holder in late_imports(ROOT / place), (
        f"{place} has no late import in {holder} any more: take it off the list"
    )


def test_no_import_hides_behind_type_checking(module: Path) -> None:
    names = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Name | ast.alias)]
    hidden = [node.lineno for node in names if "TYPE_CHECKING" in (getattr(node, "id", ""), getattr(node, "name", ""))]
    assert not hidden, f"{label(module)}: TYPE_CHECKING in lines {hidden}"


def test_a_module_says_in_one_line_what_it_is(module: Path) -> None:
    docstring = ast.get_docstring(tree(module), clean=False)
    assert docstring, f"{label(module)} has no docstring"
    first, _, rest = docstring.partition("\n")
    assert first.endswith((".", "!", "?")), f"{label(module)}: its first line is no whole sentence"
    assert not rest or rest.startswith("\n"), f"{label(module)}: what it is takes more than one line"


def test_public_classes_and_functions_say_what_they_do(program: Path) -> None:
    silent = [
        f"line {node.lineno}: {node.name}"
        for node in tree(program).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, f"{label(program)}: {silent}"


def test_a_module_is_named_after_the_thing_in_it(program: Path) -> None:
    parts = {part.removesuffix(".py") for part in program.relative_to(ROOT).parts}
    assert not parts & FORBIDDEN_NAMES, f"{label(program)} says nothing about what is in it"


def test_a_file_stays_within_its_length(program: Path) -> None:
    lines = source(program).count("\n") + 1
    assert lines <= LONGEST_FILE, f"{label(program)} has {lines} lines: look for the missing name"


def test_a_function_stays_within_its_length(program: Path) -> None:
    long = [
        f"line {node.lineno}: {node.name} has {(node.end_lineno or node.lineno) - node.lineno + 1} lines"
        for node in ast.walk(tree(program))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, f"{label(program)}: {long}"


def test_a_module_keeps_no_state(module: Path) -> None:
    state = [f"line {node.lineno}: global" for node in ast.walk(tree(module)) if isinstance(node, ast.Global)]
    for node in tree(module).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if names and _is_mutable(getattr(node, "value", None)) and not all(name.isupper() for name in names):
            state.append(f"line {node.lineno}: {', '.join(names)}")
    dunder_all = [entry for entry in state if entry.endswith("__all__")]
    assert state == dunder_all, f"{label(module)} keeps state: {state}"


def _is_mutable(value: ast.AST | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in MUTABLE_MAKERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def test_a_broad_except_gives_its_reason(program: Path) -> None:
    bare = [
        number
        for number, line in enumerate(source(program).splitlines(), 1)
        if re.search(r"except\s*(Exception|BaseException)?\b[^#]*:\s*$", line)
        and re.search(r"except\s*(:|Exception|BaseException)", line)
    ]
    assert not bare, f"{label(program)}: `except Exception` without its reason in lines {bare}"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"processEvents\(", "a nested event loop hides the thread the work belongs to"),
        (r"# type: ignore(?!\[)", "a bare type: ignore hides every error of its line"),
        (r"raise NotImplementedError", "a stub is a defect"),
        (r"\b(TODO|FIXME|XXX)\b", "a promise left in the code"),
        (r"(?<![\w.~$}])/(?:h[o]me|r[o]ot|w[o]rk|U[s]ers)/\w+", "a path of one machine"),
    ],
)
def test_the_code_is_free_of(pattern: str, why: str) -> None:
    found = [
        f"{label(path)}:{number}"
        for path in MODULES + SCRIPTS
        for number, line in enumerate(source(path).splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, f"{why}: {found}"


def test_sqlite_is_spoken_in_storage_alone() -> None:
    speakers = {
        label(path)
        for path in MODULES
        if room(path) != "storage"
        for _, name in imported_names(path)
        if name.split(".")[0] in {"sqlite3", "peewee", "playhouse"}
    }
    assert not speakers


def test_the_top_level_holds_what_the_house_has() -> None:
    ours = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    made = {"dist", "build"}
    assert ours - made <= TOP_LEVEL, f"house.md has no {sorted(ours - made - TOP_LEVEL)} at the top level"


def test_qt_stays_below_the_version_that_aborts_on_python_3_11() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "pyside6-essentials>=6.8,<6.12" in project["project"]["dependencies"]
