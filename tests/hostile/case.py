"""What a hostile input is and what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kb_app.core.report import InputState

IMPORTED, WARNED = InputState.IMPORTED, InputState.WITH_WARNINGS
DUPLICATE, REFUSED, FAILED = InputState.DUPLICATE, InputState.REFUSED, InputState.FAILED

CANARY = ("127.0.0.1", 47813)  # whoever fetches anything from a hostile input knocks there
AWAY = f"http://{CANARY[0]}:{CANARY[1]}"

WORDS = (
    "The ferry to Orla Island stayed in port on Tuesday, the harbour master Tomas Brek said. "
    "Justice Minister Anna Vela told the Harbour Courier that the gates would stay shut until the water fell.\n\n"
    "Two villages on the lower river were cleared overnight, and the school at Port Lumen took in the families. "
    "“Nobody is missing,” Brek said."
)
TITLE = "Ferry stays in port as the river rises"
TEXT = f"{TITLE}\n\n{WORDS}\n"


@dataclass(frozen=True, slots=True)
class Want:
    """An outcome that must be among those of the input: part of its name, its state, one of its codes."""

    name: str
    states: tuple[InputState, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """An input of row `row` of the table of hostile inputs, made in a folder of its own."""

    row: int
    name: str
    make: Callable[[Path], Path]
    wants: tuple[Want, ...]


def case(row: int, name: str, make: Callable[[Path], Path], *wants: Want) -> Case:
    """Build a case."""
    return Case(row, name, make, wants)


def one(*states: InputState, codes: tuple[str, ...] = ()) -> Want:
    """Want an outcome of these states, whatever its name."""
    return Want("", states, codes)


def written(name: str, data: bytes | Callable[[], bytes]) -> Callable[[Path], Path]:
    """Make a file of these bytes; large ones are built when they are wanted."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data())
        return path

    return make


def page(body: str, head: str = "") -> bytes:
    """Build a page around a body."""
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{TITLE}</title>{head}</head>"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    ).encode()


def paragraphs(text: str = WORDS) -> str:
    """Return a text as paragraphs of markup."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
