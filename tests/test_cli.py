from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kb_app import __version__
from kb_app.cli import main
from kb_app.cli.arguments import column_mapping
from kb_app.cli.commands import COMMANDS
from kb_app.cli.entry import PLACES, THEMES
from kb_app.resources import resource_path
from kb_app.services.workspace import Workspace
from kb_app.settings import ThemeChoice
from kb_app.ui.shell.places import Place
from tests import builders

SAMPLE = resource_path("samples", "meridian-who-ordered.txt")
TEXT = f"{builders.TITLE}\n\n{builders.BODY}"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    folder.mkdir()
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    (folder / "river.txt").write_text(f"{TEXT}\n\nThe river rose.", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one knowledge base for all commands that only read."""
    folder = tmp_path_factory.mktemp("base")
    known = folder / "known.json"
    known.write_text(json.dumps({"dam": {"published": "2024-05-04", "publisher": "Harbour Courier"}}))
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    arguments = ["import", str(folder / "dam.txt"), "--kb", str(folder / "case.kb"), "--metadata", str(known)]
    assert main([*arguments, "--jobs", "1"]) == 0
    return folder / "case.kb"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command that succeeds, and give its JSON document."""

    def run(*arguments: object) -> Any:
        assert main([*map(str, arguments), "--json"]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return json.loads(captured.out)

    return run


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kb_app", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_import_reports_each_input(tmp_path: Path, inputs: Path, told: Any) -> None:
    document = told("import", inputs, "--kb", tmp_path / "case.kb", "--jobs", 1)
    assert [Path(entry["input"]).name for entry in document["inputs"]] == ["dam.txt", "river.txt"]
    assert all(entry["state"].startswith("imported") and entry["articles"] for entry in document["inputs"])
    assert document["totals"]["articles"] == 2
    assert document["seconds"] > 0
    again = told("import", inputs, "--kb", tmp_path / "case.kb", "--jobs", 1)
    assert {entry["state"] for entry in again["inputs"]} == {"duplicate"}


def test_import_lists_what_an_archive_held_with_the_archive(tmp_path: Path, told: Any) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
    document = told("import", tmp_path / "news.zip", "--kb", tmp_path / "case.kb", "--no-extract")
    assert [(entry["input"], entry["container"]) for entry in document["inputs"]] == [
        (str(tmp_path / "news.zip"), None),
        ("a.txt", str(tmp_path / "news.zip")),
    ]
    assert document["totals"]["articles"] == 1


def test_import_takes_either_paths_or_the_rest_of_an_earlier_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--kb", str(tmp_path / "case.kb")]) == 2
    assert main(["import", "x.txt", "--resume", "--kb", str(tmp_path / "case.kb")]) == 2
    assert "--resume" in capsys.readouterr().err
    assert not (tmp_path / "case.kb").exists()


def test_import_names_what_failed_and_takes_the_rest(
    tmp_path: Path, inputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inputs / "empty.txt").write_bytes(b"")
    assert main(["import", str(inputs), str(tmp_path / "gone.txt"), "--kb", str(tmp_path / "case.kb")]) == 1
    captured = capsys.readouterr()
    assert "refused (empty)" in captured.err
    assert "failed (vanished)" in captured.err
    assert "2 imported" in captured.out


def test_annotate_writes_one_document_a_file(tmp_path: Path, inputs: Path, told: Any) -> None:
    (inputs / "dam.html").write_text(f"<html><body><p>{builders.BODY}</p></body></html>", encoding="utf-8")
    told("annotate", inputs, "--out", tmp_path / "out", "--jobs", 1)
    written = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert written == ["dam.html.json", "dam.json", "river.json"] or written == [
        "dam.json",
        "dam.txt.json",
        "river.json",
    ]
    document = json.loads((tmp_path / "out" / "river.json").read_text(encoding="utf-8"))
    text = (inputs / "river.txt").read_bytes().decode()
    for entity in document["entities"]:
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_annotate_reads_a_table_as_it_is_told(tmp_path: Path, told: Any) -> None:
    (tmp_path / "gates.csv").write_text(f'gate,note\nwest,"{builders.BODY}"\n', encoding="utf-16")
    arguments = ("--out", tmp_path / "out", "--jobs", 1, "--mapping", "text=note,title=gate", "--encoding", "utf-16")
    found = told("annotate", tmp_path / "gates.csv", *arguments)
    assert found["totals"]["imported"] + found["totals"]["imported-with-warnings"] == 2
    (written,) = (tmp_path / "out").iterdir()
    assert json.loads(written.read_text("utf-8"))["article"]["title"] == "west"


def test_annotate_explains_every_finding_beside_its_document(tmp_path: Path, told: Any) -> None:
    document = told("annotate", SAMPLE, "--out", tmp_path, "--jobs", 1, "--explain")
    assert "explained" not in document
    text = (tmp_path / f"{SAMPLE.stem}.explained.txt").read_text(encoding="utf-8")
    found = json.loads((tmp_path / f"{SAMPLE.stem}.json").read_text(encoding="utf-8"))
    layers = ("entities", "roles", "events", "statements", "relations", "time_expressions", "contested_claims")
    assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) == sum(len(found[layer]) for layer in layers)
    assert re.search(
        r"“Friday” \(date\): 2025-03-07\n.*?reason +the rule “weekday”, counted from 2025-03-07", text, re.DOTALL
    )


def test_annotate_prints_the_findings_that_quote_some_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["annotate", str(SAMPLE), "--out", str(tmp_path), "--jobs", "1", "--explain", "pavel  DROZHIN"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    written = (tmp_path / f"{SAMPLE.stem}.explained.txt").read_text(encoding="utf-8")
    assert written in out
    assert "person: Pavel Drozhin" in written
    assert "Assembly Square" not in written


def test_annotate_puts_explanations_into_its_json_document(tmp_path: Path, told: Any) -> None:
    document = told("annotate", SAMPLE, "--out", tmp_path, "--jobs", 1, "--explain", "considering replacing")
    (article,) = document["explained"]
    assert article["input"] == str(SAMPLE)
    text = SAMPLE.read_bytes().decode()
    for finding in article["findings"]:
        assert any("considering replacing" in quote for quote in finding["quoted"])
        assert 0 <= finding["start"] < finding["end"] <= len(text)
    assert "statement" in {finding["kind"] for finding in article["findings"]}


def test_annotate_explains_nothing_unless_it_is_asked(tmp_path: Path, told: Any) -> None:
    told("annotate", SAMPLE, "--out", tmp_path, "--jobs", 1)
    assert [file.name for file in tmp_path.iterdir()] == [f"{SAMPLE.stem}.json"]


def test_a_file_behind_explain_is_not_taken_for_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "--explain", str(SAMPLE), "--out", str(tmp_path)]) == 2
    assert "behind the files" in capsys.readouterr().err


def test_a_card_cites_article_quote_and_offsets(base: Path, told: Any) -> None:
    document = told("card", "anna VELA", "--kb", base)
    assert document["entity"]["name"] == "Anna Vela"
    role = document["roles"][0]
    citation = role["citations"][0]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["article"]["publisher"] == "Harbour Courier"


def test_a_card_reads_well_at_a_terminal(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "Anna Vela", "--kb", str(base)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Anna Vela\n=========\nperson")
    assert "Roles (" in out
    assert max(map(len, out.splitlines())) <= 100


def test_an_unknown_name_is_said(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", "Nobody Known", "--kb", str(base)]) == 1
    assert "Nobody Known" in capsys.readouterr().err


def test_the_timeline_counts_dated_and_undated_apart(base: Path, told: Any) -> None:
    document = told("timeline", "--kb", base)
    assert document["totals"]["dated"] == len(document["events"])
    starts = [event["date"]["earliest"] for event in document["events"]]
    assert starts == sorted(starts)


def test_the_timeline_is_narrowed_by_days_and_actor(base: Path, told: Any) -> None:
    within = told("timeline", "--kb", base, "--actor", "Anna Vela", "--from", "2024-05-01", "--to", "2024-05")
    before = told("timeline", "--kb", base, "--to", "2023")
    assert before["events"] == []
    everything = told("timeline", "--kb", base)
    assert len(within["events"]) <= len(everything["events"])


def test_origins_names_versions_and_passages(inputs: Path, tmp_path: Path, told: Any) -> None:
    own = [" ".join(f"{word}{number}" for number in range(60)) for word in ("pier", "boat")]
    lifted = " ".join(f"lifted{number}" for number in range(40))
    for name, paragraphs in (("a", (own[0], lifted)), ("b", (lifted, own[1]))):
        (inputs / f"{name}.txt").write_text("\n\n".join((f"Title of {name}", *paragraphs)), encoding="utf-8")
    base = tmp_path / "told.kb"
    told("import", inputs, "--kb", base, "--jobs", "1")
    document = told("origins", "--kb", base)
    assert document["totals"] == {"origins": 1, "articles": 2, "passages": 1}
    (origin,), (passage,) = document["origins"], document["passages"]
    assert [version["shared"] for version in origin["versions"]] == [1.0, 1.0]
    assert origin["fullest"] in {version["article"] for version in origin["versions"]}
    assert (passage["words"], passage["quote"]) == (40, lifted)
    assert main(["origins", "--kb", str(base)]) == 0


def test_search_finds_names_and_text_and_takes_its_time(base: Path, told: Any) -> None:
    document = told("search", 'gates "stay shut" (((', "--kb", base)
    assert document["milliseconds"] >= 0
    hit = next(hit for hit in document["hits"] if hit["kind"] == "article")
    assert "gates" in hit["snippet"]


def test_info_tells_totals_versions_and_sizes(base: Path, told: Any) -> None:
    document = told("info", "--kb", base)
    assert document["totals"]["articles"] == 1
    assert document["versions"]["program"] == __version__
    assert document["bytes"]["file"] == base.stat().st_size


def test_check_says_that_all_is_well(base: Path, told: Any) -> None:
    document = told("check", base)
    assert document["ok"] is True
    assert document["counts"]


def test_a_base_from_elsewhere_is_taken_over(base: Path, tmp_path: Path, told: Any) -> None:
    mine = tmp_path / "mine.kb"
    document = told("take-over", base, "--out", mine)
    assert document["kb"] == str(mine) and document["records"]["article"] == 1 and not document["log_left"]
    assert told("check", mine)["ok"] is True


@pytest.mark.parametrize("name", ["card x", "timeline", "search x", "info"])
def test_a_file_that_is_no_base_is_named(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.kb").write_text("only notes, and enough of them to be more than a header " * 10)
    assert main([*name.split(), "--kb", str(tmp_path / "notes.kb")]) == 1
    assert "notes.kb" in capsys.readouterr().err


def test_a_missing_base_is_named_and_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", "--kb", str(tmp_path / "gone.kb")]) == 1
    assert "gone.kb" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_base_that_a_window_holds_is_not_written_but_read(base: Path, inputs: Path) -> None:
    with Workspace.open(base):
        refused = program("import", inputs, "--kb", base)
        assert refused.returncode == 1
        assert f"“{base.name}” is open for writing in" in refused.stderr
        assert program("info", "--kb", base).returncode == 0


def test_a_damaged_base_is_reported_with_what_is_wrong(base: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.kb"
    content = bytearray(base.read_bytes())
    at = content.index(b"The gates will stay shut")
    content[at : at + 9] = b"The doors"
    damaged.write_bytes(content)
    done = program("check", damaged, "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert not document["ok"]
    assert {"text", "quote"} & {problem["kind"] for problem in document["problems"]}


def test_export_writes_everything_as_json(base: Path, tmp_path: Path, told: Any) -> None:
    out = tmp_path / "all.json"
    assert told("export", "json", "--kb", base, "--out", out)["files"] == [str(out)]
    document = json.loads(out.read_text(encoding="utf-8"))
    info = told("info", "--kb", base)["totals"]
    assert len(document["articles"]) == info["articles"]
    assert len(document["entities"]) == info["people"] + info["institutions"] + info["places"]
    for kind in ("roles", "relations", "statements", "events"):
        assert len(document[kind]) == info[kind]
    assert document["articles"][0]["text"] == TEXT
    assert [file.name for file in tmp_path.iterdir()] == ["all.json"]


def test_export_writes_tables(base: Path, tmp_path: Path, told: Any) -> None:
    files = told("export", "csv", "--kb", base, "--out", tmp_path / "tables")["files"]
    assert {Path(file).stem for file in files} == {
        "articles", "entities", "roles", "relations", "statements", "events",
    }  # fmt: skip
    with open(tmp_path / "tables" / "entities.csv", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "Anna Vela" in {row["name"] for row in rows}


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "x.txt"],
        ["import", "x.txt", "--kb", "x.kb", "--encoding", "cuneiform"],
        ["card", "x"],
        ["timeline", "--kb", "x.kb", "--from", "someday"],
        ["search", "x", "--kb", "x.kb", "--limit", "0"],
        ["export", "papyrus", "--kb", "x.kb", "--out", "y"],
        ["import", "x", "--kb", "x.kb", "--jobs", "many"],
        ["--size", "big"],
        ["--theme", "pink"],
        ["a.kb", "b.kb"],
    ],
)
def test_wrong_use_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "usage: kb-app" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"example:\n  kb-app {name} " in capsys.readouterr().out


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"Kartoteka {__version__}"
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(re.search(rf"^  {name} ", out, re.MULTILINE) for name in COMMANDS)


def test_the_places_and_themes_are_those_of_the_window() -> None:
    assert set(PLACES) == set(Place)
    assert set(THEMES) == set(ThemeChoice)


def test_a_bad_metadata_file_is_named(tmp_path: Path, inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "known.json").write_text("[1]")
    arguments = ["import", str(inputs), "--kb", str(tmp_path / "case.kb"), "--metadata", str(tmp_path / "known.json")]
    assert main(arguments) == 1
    assert "known.json" in capsys.readouterr().err
    assert not (tmp_path / "case.kb").exists()


def test_the_program_runs_and_no_subcommand_loads_qt(base: Path) -> None:
    done = program("info", "--kb", base)
    assert (done.returncode, done.stderr) == (0, "")
    code = (
        "import sys; from kb_app.cli import main; main(sys.argv[1:]); print([m for m in sys.modules if 'PySide' in m])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code, "info", "--kb", str(base)], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.splitlines()[-1] == "[]"


def test_output_may_be_cut_off(base: Path) -> None:
    command = f'"{sys.executable}" -m kb_app card "Anna Vela" --kb "{base}" --json'
    done = subprocess.run(f"{command} | head -1", shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "{\n"
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_an_import_killed_at_any_moment_leaves_a_sound_base_and_goes_on(tmp_path: Path, inputs: Path) -> None:
    for number in range(150):
        (inputs / f"{number:03}.txt").write_text(f"{TEXT}\n\nReport number {number}.", encoding="utf-8")
    base = tmp_path / "case.kb"
    kept = 0
    for round_ in range(3):
        what = str(inputs) if round_ < 2 else "--resume"
        running = subprocess.Popen(
            [sys.executable, "-m", "kb_app", "import", what, "--kb", str(base), "--jobs", "1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for_articles(base, kept + 5 + round_, running)
        running.kill()
        assert running.wait() == -signal.SIGKILL
        checked = program("check", base, "--json")
        assert checked.returncode == 0, checked.stdout
        now = articles_in(base)
        assert now >= kept
        kept = now
    last = json.loads(program("import", "--resume", "--kb", base, "--json").stdout)
    assert last["totals"]["waiting"] == 0
    assert articles_in(base) == 152
    assert json.loads(program("import", "--resume", "--kb", base, "--json").stdout)["totals"]["inputs"] == 0
    assert program("check", base).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal to one process")
def test_an_interrupted_import_keeps_what_was_done_as_a_finished_step(tmp_path: Path, inputs: Path) -> None:
    for number in range(1000):  # more than can be done before the signal comes
        (inputs / f"{number:04}.txt").write_text(f"{TEXT}\n\nReport number {number}.", encoding="utf-8")
    base = tmp_path / "case.kb"
    # a run of the tests in the background ignores the signal, and its children would inherit that
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen(
        [sys.executable, "-m", "kb_app", "import", str(inputs), "--kb", str(base), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    signal.signal(signal.SIGINT, before)
    wait_for_articles(base, 3, running)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate()
    assert running.returncode == 1
    assert errors.decode() == "kb-app: Stopped. What was done before is kept.\n"
    with Workspace.open(base) as workspace:
        assert 3 <= workspace.listing.totals().articles < 1002
        workspace.undo.undo()
        assert workspace.listing.totals().articles == 0


def wait_for_articles(base: Path, count: int, running: subprocess.Popen[bytes]) -> None:
    while running.poll() is None and (not base.exists() or articles_in(base) < count):
        pass


def articles_in(base: Path) -> int:
    with Workspace.open(base, read_only=True) as workspace:
        return workspace.listing.totals().articles


@pytest.mark.parametrize(
    "words",
    ["text=body,title=headline", '{"text": "body", "title": "headline"}', "mapping.json"],
)
def test_a_column_mapping_is_words_or_json_or_a_file(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapping.json").write_text('{"text": "body", "title": "headline"}', encoding="utf-8")
    assert json.loads(column_mapping(words)) == [{"title": "headline", "text": "body"}]


@pytest.mark.parametrize("arguments", [["--mapping", "words=body"], ["--encoding", "none"], ["--mapping", "gone.json"]])
def test_a_mapping_or_an_encoding_that_is_none_is_wrong_use(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "x.csv", "--kb", "x.kb", *arguments]) == 2
    assert f"argument {arguments[0]}" in capsys.readouterr().err


def test_watch_once_imports_what_is_whole_and_nothing_twice(inputs: Path, tmp_path: Path, told: Any) -> None:
    (inputs / "half.html.part").write_text("<p>Half")
    first = told("watch", inputs, "--kb", tmp_path / "new.kb", "--once", "--jobs", "1")
    assert sorted(Path(row["input"]).name for row in first["inputs"]) == ["dam.txt", "river.txt"]
    second = told("watch", inputs, "--kb", tmp_path / "new.kb", "--once", "--jobs", "1")
    assert second["inputs"] == []


def test_watch_takes_what_appears_until_it_is_interrupted(inputs: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kb_app", "watch", str(inputs), "--kb", str(tmp_path / "new.kb"), "--jobs", "1"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    first = running.stdout.readline()
    running.send_signal(signal.SIGINT)
    rest, errors = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "Stopped. What was done before is kept." in errors
    with Workspace.open(tmp_path / "new.kb", read_only=True) as workspace:
        assert workspace.listing.totals().articles == 2
    assert first + rest


def test_watch_wants_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(tmp_path / "none"), "--kb", str(tmp_path / "new.kb")]) == 1
    assert "nothing to watch" in capsys.readouterr().err
    assert not (tmp_path / "new.kb").exists()


def writable(base: Path, folder: Path) -> Path:
    """Copy the knowledge base, to be changed."""
    copy = folder / "own.kb"
    copy.write_bytes(base.read_bytes())
    return copy


def test_articles_lists_metadata_grade_and_provenance(base: Path, told: Any) -> None:
    (entry,) = told("articles", "--kb", base)["articles"]
    assert (entry["publisher"]["value"], entry["published"]["edtf"]) == ("Harbour Courier", "2024-05-04")
    assert entry["grade"] == {"code": "F6", "reliability": None, "credibility": None}
    assert entry["source"]["imported_with"] == f"Kartoteka {__version__}"
    assert "text" not in entry
    assert told("articles", "--kb", base, "--undated")["articles"] == []


def test_a_grade_given_at_the_terminal_stands_at_the_evidence(base: Path, tmp_path: Path, told: Any) -> None:
    own = writable(base, tmp_path)
    told("grade", "Harbour Courier", "B", "--kb", own)
    told("grade", 1, 2, "--kb", own)
    event = told("timeline", "--kb", own)["events"][0]
    assert event["citations"][0]["grade"]["code"] == "B2"
    hits = told("search", "gates", "--kb", own)["hits"]
    assert [hit["grade"]["code"] for hit in hits if hit["kind"] == "article"] == ["B2"]
    assert told("articles", "--kb", own, "--grade", "B")["publishers"][0]["reliability"] == "B"
    told("grade", 1, "none", "--kb", own)
    assert told("articles", "--kb", own)["articles"][0]["grade"]["code"] == "B6"


def test_text_for_people_tells_the_grade_too(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = writable(base, tmp_path)
    main(["card", "Anna Vela", "--kb", str(own)])
    assert "[Harbour Courier, not graded; article 1" in capsys.readouterr().out
    main(["grade", "Harbour Courier", "B", "--kb", str(own)])
    assert capsys.readouterr().out == "Grade “Harbour Courier” B\n"
    for command in (["card", "Anna Vela"], ["timeline"], ["search", "gates"], ["articles"]):
        assert main([*command, "--kb", str(own)]) == 0
        assert "B6" in capsys.readouterr().out


def test_metadata_is_corrected_at_the_terminal(base: Path, tmp_path: Path, told: Any) -> None:
    own = writable(base, tmp_path)
    told("metadata", 1, "--set", "published=3 Sep 2020", "--set", "wire=Lumen Wire", "--kb", own)
    entry = told("articles", "--kb", own)["articles"][0]
    assert (entry["published"]["edtf"], entry["wires"]) == ("2020-09-03", ["Lumen Wire"])
    assert entry["corrected"] == ["published", "wire"]


def test_what_cannot_be_corrected_is_said(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = writable(base, tmp_path)
    assert main(["metadata", "1", "--set", "published=soon", "--kb", str(own)]) == 1
    assert "read in one way" in capsys.readouterr().err
    assert main(["metadata", "1", "--set", "colour=red", "--kb", str(own)]) == 2
    assert main(["grade", "Harbour Courier", "7", "--kb", str(own)]) == 2


@pytest.fixture
def imported(tmp_path: Path, inputs: Path) -> Path:
    (inputs / "junk.bin").write_bytes(bytes(range(256)) * 40)
    (inputs / "pont.txt").write_text("Le pont\n\n" + "Le pont de la ville est fermé depuis hier. " * 9, "utf-8")
    assert main(["import", str(inputs), "--kb", str(tmp_path / "case.kb"), "--jobs", "1"]) == 1
    return tmp_path / "case.kb"


def test_the_report_of_an_import_is_printed_and_written_as_a_table(imported: Path, tmp_path: Path, told: Any) -> None:
    found = told("report", "--kb", imported, "--state", "refused", "--csv", tmp_path / "left.csv")
    (row,) = found["inputs"]
    assert (row["state"], row["code"], row["articles"]) == ("refused", "binary", [])
    assert [one["counts"]["imported"] for one in found["imports"]] == [3]
    table = list(csv.DictReader((tmp_path / "left.csv").read_text("utf-8-sig").splitlines()))
    assert [line["code"] for line in table] == ["binary"]
    whole = told("report", "--kb", imported)
    assert [one["articles"] for one in whole["inputs"]] == [[1], [], [2], [3]]


def test_the_report_says_what_was_kept_in_a_language_that_is_not_read(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["report", "--kb", str(imported), "--containing", "pont.txt"]) == 0
    said = capsys.readouterr().out
    assert "pont.txt (article " in said and "language: The text is not English" in said
    assert "1 article in a language that is not read: kept and searchable" in said


def test_chosen_inputs_are_imported_once_more(imported: Path, inputs: Path, told: Any) -> None:
    (inputs / "junk.bin").write_text(f"{TEXT}\n\nIt is mended.", encoding="utf-8")
    found = told("report", "--kb", imported, "--retry", "--jobs", "1")
    assert [Path(one["input"]).name for one in found["inputs"]] == ["junk.bin"]
    assert found["totals"]["imported"] == 1
    assert [one["counts"]["imported"] for one in found["imports"]] == [1, 3]
