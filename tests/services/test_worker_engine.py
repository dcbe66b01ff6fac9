"""What a worker reads with, seen from outside in real processes: the tagger, the word lists, the limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb_app.core.findings import Findings
from kb_app.core.shingles import sketch_of
from kb_app.ingest.reading import read_source, source_from_bytes
from kb_app.services.confinement import MEMORY, OPEN_FILES
from kb_app.services.documents import Document, Understood
from kb_app.services.workers import WorkerPool
from kb_app.settings import LEXICONS_VARIABLE
from tests import builders

ODD = [sys.executable, str(Path(__file__).with_name("odd_worker.py"))]
TEXT = f"{builders.TITLE}\n\n{builders.BODY}"
OF_A_MARGRAVE = (
    "Marshes closed\n\nOdo Brandt, the margrave of Hungary, said on Tuesday that the marshes would be closed. "
    "The Zorblat Gazette reported it, and the Zorblat Gazette was read by Odo Brandt on Monday."
)
LARGEST_WORKER = 1000**3  # bytes of memory

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")


@pytest.fixture(autouse=True)
def no_lists_of_this_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CONFIG_HOME", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "nobody"))
    monkeypatch.delenv(LEXICONS_VARIABLE, raising=False)


def findings_of(pool: WorkerPool, document: Document) -> Findings:
    pool.submit(document)
    while True:
        for answer in pool.poll(0.05):
            assert isinstance(answer, Understood)
            return answer.findings


def found_in(text: str, command: list[str] | None = None) -> Findings:
    with WorkerPool(1, command=command) as pool:
        return findings_of(pool, Document(0, source_from_bytes("text.txt", text.encode())))


def titles(findings: Findings) -> set[str]:
    return {role.title.lower() for role in findings.roles}


def names(findings: Findings) -> set[str]:
    return {entity.name for entity in findings.entities}


def test_a_worker_hands_the_sketch_over_with_the_article() -> None:
    with WorkerPool(1) as pool:
        pool.submit(Document(0, source_from_bytes("text.txt", TEXT.encode()), extract=False))
        answers: list[object] = []
        while not answers:
            answers += pool.poll(0.05)
    (answer,) = answers
    assert isinstance(answer, Understood)
    assert answer.article.sketch == sketch_of(answer.article) != ()


@on_linux
def test_a_confined_worker_reads_with_the_tagger(project_root: Path) -> None:
    import resource

    pytest.importorskip("onnxruntime")
    samples = project_root / "resources" / "samples"
    with WorkerPool(1) as pool:
        for name in ("meridian-who-ordered.txt", "observer-husband-of-engineer.html"):
            findings = findings_of(pool, Document(0, read_source(samples / name)))
            assert findings.engine.startswith("tagger ")
            assert findings.warnings == ()
            assert findings.entities
            assert findings.statements
        (pid,) = pool.pids()
        assert "onnxruntime" in Path(f"/proc/{pid}/maps").read_text()
        assert resource.prlimit(pid, resource.RLIMIT_AS)[0] <= MEMORY
        assert resource.prlimit(pid, resource.RLIMIT_NOFILE)[0] <= OPEN_FILES
        status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        assert int(status["VmHWM"].split()[0]) * 1024 < LARGEST_WORKER
        assert status["Threads"].strip() == "1", "one document, one core"


def test_a_worker_without_onnxruntime_reads_by_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "onnxruntime.py").write_text('raise ImportError("libodd.so.1 is not here")')
    monkeypatch.syspath_prepend(tmp_path)
    findings = found_in(TEXT)
    (warning,) = findings.warnings
    assert warning.startswith("tagger: ")
    assert "onnxruntime cannot be used: libodd.so.1 is not here" in warning
    assert "Anna Vela" in names(findings)


def test_a_worker_with_a_damaged_tagger_reads_by_rules(project_root: Path, tmp_path: Path) -> None:
    resources = project_root / "resources"
    (tmp_path / "models").mkdir()
    for part in ("lexicons", "models/tagger.json", "models/vocabulary.txt"):
        (tmp_path / part).symlink_to(resources / part)
    (tmp_path / "models" / "tagger.onnx").write_bytes(b"half a model")
    findings = found_in(TEXT, [*ODD, "resources", str(tmp_path)])
    (warning,) = findings.warnings
    assert "(tagger.onnx is damaged or of another version" in warning
    assert "Anna Vela" in names(findings)


def countries(findings: Findings) -> dict[str, str]:
    return {entity.name: entity.country for entity in findings.entities if entity.country}


def make_lists(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "titles.txt").write_text("margrave\toffice\thead_of\n", encoding="utf-8")
    (folder / "known_institutions.txt").write_text("Zorblat Gazette\tmedia\t\tNarnia\n", encoding="utf-8")
    return folder


def test_lists_of_the_person_are_read_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_lists(tmp_path / "lists")
    monkeypatch.chdir(tmp_path)
    assert "Narnia" not in countries(found_in(OF_A_MARGRAVE)).values()
    monkeypatch.setenv(LEXICONS_VARIABLE, "lists")
    findings = found_in(OF_A_MARGRAVE)
    assert countries(findings)["Zorblat Gazette"] == "Narnia"
    assert "margrave" in titles(findings)
    assert findings.warnings == ()


@on_linux
def test_lists_of_the_person_are_read_from_the_folder_of_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_lists(tmp_path / "Kartoteka" / "lexicons")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert countries(found_in(OF_A_MARGRAVE))["Zorblat Gazette"] == "Narnia"


def test_a_list_amiss_stops_no_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = make_lists(tmp_path / "lists")
    (lists / "cities.txt").write_bytes(b"# mine\nM\xfcrz\tNarnia\n")
    monkeypatch.setenv(LEXICONS_VARIABLE, str(lists))
    findings = found_in(TEXT)
    assert findings.warnings == (
        "lexicons: Your word list cities.txt, line 2: it is not UTF-8. None of your word lists was used.",
    )
    assert "Anna Vela" in names(findings)


def test_the_command_line_leaves_the_runtime_to_its_workers(tmp_path: Path) -> None:
    (tmp_path / "dam.txt").write_text(TEXT, encoding="utf-8")
    script = (
        "import sys\nfrom kb_app.cli import main\ncode = main(sys.argv[1:])\n"
        "print(sorted({'onnxruntime', 'numpy', 'kb_app.extraction.pipeline'} & set(sys.modules)))\nsys.exit(code)"
    )
    command = [sys.executable, "-c", script, "import", str(tmp_path / "dam.txt"), "--kb", str(tmp_path / "case.kb")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
