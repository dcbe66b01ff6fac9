"""The set-up commands make an environment once, and again when its lock changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import environment
import pytest
from environment import Environment, SetUpError


@pytest.fixture
def finished(tmp_path: Path) -> Environment:
    """Give an environment that looks like one finished for its lock."""
    lock = tmp_path / "requirements-run.txt"
    lock.write_text("peewee==4.5.3\n", encoding="utf-8")
    made = Environment(tmp_path / ".venv-run", lock)
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    made.stamp.write_text(made.wanted_stamp() + "\n", encoding="ascii")
    return made


def test_a_finished_environment_is_ready(finished: Environment) -> None:
    assert finished.is_ready()


def test_a_ready_environment_is_left_as_it_is(
    finished: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.subprocess, "run", lambda *_, **__: pytest.fail("something was installed"))
    finished.prepare()
    assert "ready" in capsys.readouterr().out


def test_a_changed_lock_asks_for_a_new_environment(finished: Environment) -> None:
    finished.lock.write_text("peewee==4.5.4\n", encoding="utf-8")
    assert not finished.is_ready()


def test_a_half_made_environment_is_made_again(finished: Environment) -> None:
    finished.stamp.unlink()
    assert not finished.is_ready()


def test_an_environment_whose_python_is_gone_is_made_again(finished: Environment) -> None:
    finished.python.unlink()
    assert not finished.is_ready()


def test_an_installation_that_fails_says_so_and_is_not_ready(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    made = Environment(tmp_path / "venv", lock, wheels=tmp_path)
    with pytest.raises(SetUpError, match="the packages were not installed"):
        made.prepare()
    assert not made.is_ready()


def test_only_hashed_wheels_are_installed(tmp_path: Path) -> None:
    command = Environment(tmp_path, tmp_path / "lock.txt").install_command()
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(command)


def test_a_folder_of_wheels_stands_in_for_the_network(tmp_path: Path) -> None:
    command = Environment(tmp_path, tmp_path / "lock.txt", tmp_path / "wheels").install_command()
    assert "--no-index" in command
    assert str(tmp_path / "wheels") in command


@pytest.mark.parametrize("script", ["run.py", "test.py", "lock.py", "screenshots.py", "deb/build.py"])
def test_a_script_explains_itself(project_root: Path, script: str) -> None:
    command = [sys.executable, str(project_root / "packaging" / script), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage:")
    assert len(done.stdout.splitlines()) > 6


@pytest.mark.parametrize("script", ["run.py", "test.py", "environment.py", "system_libraries.py"])
def test_a_set_up_script_needs_the_standard_library_alone(project_root: Path, script: str) -> None:
    command = [sys.executable, "-S", "-c", "import sys; sys.path.insert(0, sys.argv[1]); __import__(sys.argv[2])"]
    command += [str(project_root / "packaging"), script.removesuffix(".py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
