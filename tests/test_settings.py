from __future__ import annotations

from pathlib import Path

import pytest

from kb_app import settings
from kb_app.settings import (
    LEXICONS_VARIABLE,
    Settings,
    ThemeChoice,
    lexicons_folder,
    load_settings,
    save_settings,
)

CHOSEN = Settings(
    theme=ThemeChoice.DARK,
    last_file="/archive/case.kb",
    recent_files=("/archive/case.kb", "/archive/old.kb"),
    place="people",
    geometry="AdnQywAD",
    splitters=(("main", (300, 600, 400)),),
    hidden_marks=("date",),
    last_folder="/archive",
)


def test_choices_come_back(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    assert save_settings(CHOSEN, path)
    assert load_settings(path) == CHOSEN
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_nothing_is_chosen(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b" " * 300_000])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == content


def test_one_odd_choice_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"theme": "pink", "place": 3, "recent_files": ["a", 1], "splitters": [["main", [1, -2]], ["x", [5]], 7],'
        ' "last_file": "a", "from a newer version": true}'
    )
    assert load_settings(path) == Settings(last_file="a", recent_files=("a",), splitters=(("x", (5,)),))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not save_settings(CHOSEN, tmp_path / "file" / "settings.json")


def test_the_file_opened_last_comes_first_and_once() -> None:
    settings = Settings()
    for number in (*range(12), 5):
        settings = settings.with_file(Path(f"{number}.kb"))
    assert settings.last_file == "5.kb"
    assert settings.recent_files[:2] == ("5.kb", "11.kb")
    assert len(settings.recent_files) == len(set(settings.recent_files)) == 10


def test_a_file_that_is_gone_is_forgotten() -> None:
    settings = Settings().with_file(Path("a.kb")).with_file(Path("b.kb")).without_file(Path("b.kb"))
    assert (settings.last_file, settings.recent_files) == ("", ("a.kb",))


def test_a_splitter_is_kept_once() -> None:
    settings = Settings().with_splitter("main", (1, 2)).with_splitter("main", (3, 4))
    assert settings.splitter("main") == (3, 4)
    assert settings.splitter("other") == ()


def test_own_word_lists_lie_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LEXICONS_VARIABLE, raising=False)
    monkeypatch.setattr(settings, "user_config_path", lambda *_, **__: tmp_path)
    assert lexicons_folder() is None
    (tmp_path / "lexicons").mkdir()
    assert lexicons_folder() == tmp_path / "lexicons"


def test_a_variable_names_another_folder_of_word_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(LEXICONS_VARIABLE, "lists")
    assert lexicons_folder() == tmp_path / "lists", "also where it is not there, so that this can be told"
