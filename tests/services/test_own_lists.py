from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb_app.extraction.lexicons import load_lexicons
from kb_app.services.own_lists import LARGEST_LIST, OwnListWrong, check_own_lists


@pytest.fixture
def ours(project_root: Path) -> Path:
    return project_root / "resources" / "lexicons"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return folder


def test_lists_like_ours_are_taken(ours: Path) -> None:
    assert check_own_lists(ours, ours) == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("titles.txt", "# mine\n\nmargrave of the marshes\toffice\thead_of\n"),
        ("known_institutions.txt", "Zorblat\tmedia\n"),
        ("regions.txt", "the Outer Fens\n"),
        ("nominals.txt", "the margravate\tinstitution\tgovernment|military\n"),
        ("given_names.txt", ":f\nZorbla Zorbli\n"),
        ("qualifiers.txt", "quondam\n"),
    ],
)
def test_a_list_of_the_person_is_taken(ours: Path, tmp_path: Path, name: str, content: str) -> None:
    assert check_own_lists(ours, written(tmp_path, name, content)) == ()
    load_lexicons(ours, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("titles.txt", "# mine\nmargrave\toffce\n", "titles.txt, line 2: “offce” is none of honorific, job"),
        ("titles.txt", "margrave office\n", "titles.txt, line 1: it needs 2 columns"),
        ("known_institutions.txt", "Zorblat\tmedia\n\nZ\tnonsense\n", "known_institutions.txt, line 3: “nonsense”"),
        ("nominals.txt", "margravate\tinstitution\tgovernment|odd\n", "nominals.txt, line 1: “odd” is none of"),
        ("relation_verbs.txt", "met_with\t+\t\n", "relation_verbs.txt, line 1: it needs 3 columns"),
        ("given_names.txt", "Zorbla\n", "given_names.txt, line 1: a line with the section must come first"),
        ("given_names.txt", ":f\nZorbla\n:x\n", "given_names.txt, line 3: “:x” is none of the sections :f, :m, :u"),
        ("cities.txt", b"A\tB\nM\xfcrz\tC\n", "cities.txt, line 2: it is not UTF-8"),
        ("cities.txt", b"\xef\xbb\xbfA\tB\n", "cities.txt, line 1: please save it as UTF-8 without"),
        ("cities.txt", b"\n" * (LARGEST_LIST + 1), "cities.txt is larger than 16 MB"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    ours: Path, tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(OwnListWrong) as wrong:
        check_own_lists(ours, written(tmp_path, name, content))
    assert wrong.value.sentence.startswith(f"Your word list {said}")


def test_a_list_of_an_unknown_name_is_told(ours: Path, tmp_path: Path) -> None:
    written(tmp_path, "title.txt", "anything")
    written(tmp_path, "notes.md", "anything")
    assert check_own_lists(ours, tmp_path) == ("title.txt",)


def test_a_folder_that_is_not_there_is_named(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(OwnListWrong, match="folder of your word lists cannot be read"):
        check_own_lists(ours, tmp_path / "gone")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_list_that_may_not_be_read_is_named(ours: Path, tmp_path: Path) -> None:
    written(tmp_path, "cities.txt", "A\tB\n")
    (tmp_path / "cities.txt").chmod(0)
    with pytest.raises(OwnListWrong, match=r"cities\.txt cannot be read"):
        check_own_lists(ours, tmp_path)
