"""The rules of the house, read from the source: who may import whom, and what a module may not do."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
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
    "ingest": {
        "brotli",
        "charset_normalizer",
        "htmldate",
        "lxml",
        "lxml_html_clean",
        "nh3",
        "olefile",
        "py3langid",
        "pypdfium2",
        "trafilatura",
    },
    "extraction": {"numpy", "onnxruntime", "py3langid", "tokenizers"},
    "storage": {"peewee", "playhouse"},
    "exchange": {"lxml"},
    "ui": {"PySide6", "qtawesome", "qtpy", "shiboken6"},
    "app": {"PySide6", "platformdirs", "shiboken6"},
}
# Late imports that stand in a function, each with its reason.
LATE_IMPORTS = {
    ("kb_app/cli/entry.py", "_window"): "Qt takes long and needs a desktop's libraries: no subcommand may load it",
    ("kb_app/cli/entry.py", "_opener"): "only a frozen program starts itself to take a container apart",
    ("kb_app/cli/entry.py", "_worker"): "only a frozen program starts itself as a worker",
    ("kb_app/ui/shared/icons.py", "load"): "the icon font takes long to load, so it comes after the first picture",
    ("kb_app/ingest/language.py", "language_of"): "it brings numpy, which nothing but an import needs",
    ("kb_app/ingest/main_text.py", "main_text"): "trafilatura loads slowly, and only a page needs it",
    ("kb_app/ingest/main_text.py", "guessed_date"): "htmldate loads slowly, and only a page without a date needs it",
    ("kb_app/ingest/archives/http_payload.py", "_without_brotli"): "few web archives hold pages that are packed so",
    ("kb_app/ingest/mail/outlook.py", "_opened"): "only mails of Outlook lie in such a storage",
    ("kb_app/ingest/documents/pdf.py", "read_pdf"): "pdfium loads slowly, and only a PDF document needs it",
    ("kb_app/ingest/page_picture.py", "page_picture"): "pypdfium2 loads a large library, which only pages need",
    ("kb_app/extraction/encoder.py", "_open"): "the inference runtime loads slowly, and only a model needs it",
}
# Extraction brings numpy and the inference runtime: only a worker loads it, never the window nor the command line.
LOADED_BY_WORKERS_ALONE = {
    "kb_app.extraction": {"kb_app/services/engine.py"},
    "kb_app.services.engine": {"kb_app/services/worker.py"},
    "kb_app.services.worker": {"kb_app/cli/entry.py"},  # late, and only where a frozen program starts itself
    "onnxruntime": {"kb_app/extraction/encoder.py"},
}
TOP_LEVEL = frozenset(
    {"pyproject.toml", "README.md", "kb_app", "resources", "tests", "packaging", "LICENSE", "CHANGELOG.md"}
)
FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"})
BROAD_EXCEPT = re.compile(r"^\s*except\s*(:|\(?(Base)?Exception\b)")
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


def offences(rule: Callable[[Path], list[str]], paths: list[Path] = MODULES) -> str:
    """Hold a rule against files; gives each offence on a line of its own."""
    return "\n".join(f"{label(path)}: {offence}" for path in paths for offence in rule(path))


def foreign_rooms(path: Path) -> list[str]:
    here = room(path)
    if here not in MAY_IMPORT_OURS:
        return ["stands in a room that house.md does not have"]
    allowed = MAY_IMPORT_OURS[here] | ({here} if here else set())
    found = []
    for line, name in imported_names(path):
        parts = name.split(".")
        if parts[0] == "kb_app" and len(parts) > 1 and is_room(parts[1]) and parts[1] not in allowed:
            found.append(f"line {line}: {here or 'kb_app'} may not import {name}")
    return found


def is_room(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


def foreign_libraries(path: Path) -> list[str]:
    allowed = MAY_IMPORT_LIBRARIES.get(room(path), set()) | {"kb_app"} | sys.stdlib_module_names
    return [f"line {line}: {name}" for line, name in imported_names(path) if name.split(".")[0] not in allowed]


def relative_imports(path: Path) -> list[str]:
    nodes = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))
    return [f"line {node.lineno}" for node in nodes if node.level]


def unexplained_late_imports(path: Path) -> list[str]:
    late = late_imports(path)
    return [f"line {line}: in {name}" for name, line in late.items() if (label(path), name) not in LATE_IMPORTS]


def hidden_imports(path: Path) -> list[str]:
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Name | ast.alias)]
    return [f"line {n.lineno}" for n in nodes if "TYPE_CHECKING" in (getattr(n, "id", ""), getattr(n, "name", ""))]


def wordless_modules(path: Path) -> list[str]:
    first, _, rest = (ast.get_docstring(tree(path), clean=False) or "").partition("\n")
    if not first.endswith((".", "!", "?")):
        return ["its docstring does not begin with a whole sentence"]
    return ["what it is takes more than one line"] if rest and not rest.startswith("\n") else []


def wordless_definitions(path: Path) -> list[str]:
    return [
        f"line {node.lineno}: {node.name}"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def empty_names(path: Path) -> list[str]:
    return [part for part in path.relative_to(ROOT).with_suffix("").parts if part in FORBIDDEN_NAMES]


def long_files(path: Path) -> list[str]:
    lines = source(path).count("\n")
    return [f"{lines} lines: look for the missing name"] if lines > LONGEST_FILE else []


def long_functions(path: Path) -> list[str]:
    functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = {node: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    return [f"{node.name} has {size} lines" for node, size in sizes.items() if size > LONGEST_FUNCTION]


def kept_state(path: Path) -> list[str]:
    state = [f"line {node.lineno}: global" for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]
    for node in tree(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        constant = all(name.isupper() or name == "__all__" for name in names)
        if names and not constant and is_mutable(getattr(node, "value", None)):
            state.append(f"line {node.lineno}: {', '.join(names)}")
    return state


def is_mutable(value: ast.AST | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in MUTABLE_MAKERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def broad_excepts(path: Path) -> list[str]:
    lines = enumerate(source(path).splitlines(), 1)
    return [f"line {number}" for number, line in lines if re.search(BROAD_EXCEPT, line) and "#" not in line]


def of_workers_alone(path: Path) -> list[str]:
    froms = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    # in `from a import b` b may be a module
    names = [*imported_names(path), *((n.lineno, f"{n.module}.{alias.name}") for n in froms for alias in n.names)]
    return [
        f"line {line}: {name}"
        for kept, places in LOADED_BY_WORKERS_ALONE.items()
        if label(path) not in places and not label(path).startswith(kept.replace(".", "/") + "/")
        for line, name in names
        if f"{name}.".startswith(f"{kept}.")
    ]


def sql_speakers(path: Path) -> list[str]:
    speaks = {"sqlite3", "peewee", "playhouse"}
    return [f"line {line}: {name}" for line, name in imported_names(path) if name.split(".")[0] in speaks]


def test_a_room_imports_only_the_rooms_it_may_know() -> None:
    assert offences(foreign_rooms) == ""


def test_a_room_uses_only_its_own_libraries() -> None:
    assert offences(foreign_libraries) == ""


def test_imports_are_absolute() -> None:
    assert offences(relative_imports) == ""


def test_imports_stand_at_the_top_or_are_named_with_a_reason() -> None:
    assert offences(unexplained_late_imports) == ""


def test_no_late_import_is_named_in_vain() -> None:
    there = [entry for entry in LATE_IMPORTS if (ROOT / entry[0]).is_file()]
    vain = [entry for entry in there if entry[1] not in late_imports(ROOT / entry[0])]
    assert vain == [], "take them off the list"


def test_no_import_hides_behind_type_checking() -> None:
    assert offences(hidden_imports) == ""


def test_a_module_says_in_one_line_what_it_is() -> None:
    assert offences(wordless_modules, MODULES + SCRIPTS) == ""


def test_public_classes_and_functions_say_what_they_do() -> None:
    assert offences(wordless_definitions, MODULES + SCRIPTS) == ""


def test_a_module_is_named_after_the_thing_in_it() -> None:
    assert offences(empty_names, MODULES + SCRIPTS) == ""


def test_a_file_stays_within_its_length() -> None:
    assert offences(long_files, MODULES + SCRIPTS) == ""


def test_a_function_stays_within_its_length() -> None:
    assert offences(long_functions, MODULES + SCRIPTS) == ""


def test_a_module_keeps_no_state() -> None:
    assert offences(kept_state) == ""


def test_a_broad_except_gives_its_reason() -> None:
    assert offences(broad_excepts, MODULES + SCRIPTS) == ""


def test_sql_is_spoken_in_storage_alone() -> None:
    assert offences(sql_speakers, [path for path in MODULES if room(path) != "storage"]) == ""


def test_what_only_workers_load_is_imported_by_them_alone() -> None:
    assert offences(of_workers_alone) == ""


def test_the_rules_see_an_offence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path / "kb_app")
    for name in ("storage", "core"):
        (tmp_path / "kb_app" / name).mkdir(parents=True)
    path = tmp_path / "kb_app" / "core" / "helpers.py"
    path.write_text(
        "import peewee\nfrom kb_app.storage import tables\nseen = []\n\ndef go():\n    global seen\n    import json\n"
        "    try:\n        pass\n    except Exception:\n        pass\n",
        encoding="utf-8",
    )
    rules = [foreign_rooms, foreign_libraries, unexplained_late_imports, wordless_modules, wordless_definitions]
    rules += [empty_names, broad_excepts, sql_speakers]
    assert [rule.__name__ for rule in rules if len(rule(path)) != 1] == []
    assert len(kept_state(path)) == 2


@pytest.mark.parametrize(
    ("line", "offences_seen"),
    [
        ("import onnxruntime.capi", 1),
        ("from kb_app.extraction.pipeline import Extractor", 2),
        ("from kb_app.services import worker", 1),
        ("from kb_app.services.worker_process import WorkerProcess", 0),
    ],
)
def test_what_only_workers_load_is_seen_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, offences_seen: int
) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    path = tmp_path / "window.py"
    path.write_text(f"{line}\n", encoding="utf-8")
    assert len(of_workers_alone(path)) == offences_seen


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


def test_the_top_level_holds_what_the_house_has() -> None:
    ours = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    made = {"dist", "build"}
    assert ours - made <= TOP_LEVEL, f"house.md has no {sorted(ours - made - TOP_LEVEL)} at the top level"


def test_qt_stays_below_the_version_that_aborts_on_python_3_11() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "pyside6-essentials>=6.8,<6.12" in project["project"]["dependencies"]
