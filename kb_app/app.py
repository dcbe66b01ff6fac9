"""Builds the window and everything behind it once, and runs it."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSize, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from kb_app import __version__
from kb_app.ingest.given import GivenMetadata
from kb_app.resources import resource_path
from kb_app.services.importing import ImportRequest, PastedText
from kb_app.settings import PROGRAM, Settings, ThemeChoice, data_folder, load_settings, save_settings, settings_path
from kb_app.ui.main_window import MainWindow, Surroundings
from kb_app.ui.shared.icons import Icons
from kb_app.ui.shell.open_base import OpenRequest
from kb_app.ui.shell.places import Place
from kb_app.ui.shell.watching import FirstPaint, Photographer, QuietWatch, StartReport
from kb_app.ui.sources.text_form import GivenText
from kb_app.ui.theme import Theme

DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY")


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How the window is to come up; `screenshot` saves a picture of it and ends, `select` opens a name's card."""

    path: Path | None = None
    sample: bool = False
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    theme: str = ""
    place: str = ""
    select: str = ""
    report_start: bool = False


def run_window(options: WindowOptions) -> int:
    """Show the window until it is closed; return the process's exit code."""
    if options.screenshot is not None and not any(os.environ.get(name) for name in DISPLAY_VARIABLES):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Ctrl+C in a terminal: Qt's loop would not let Python hear of it; the file is safe whenever the process ends
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = QApplication.instance() or QApplication([PROGRAM])
    if not isinstance(application, QApplication):
        raise RuntimeError("a window needs a QApplication")
    prepare(application)
    # a picture shows the state that was asked for, whatever this person's settings are
    settings = Settings() if options.screenshot is not None else load_settings(settings_path())
    theme = Theme(_theme_choice(options, settings), resource_path("styles", "window.qss").read_text("utf-8"))
    theme.begin()
    icons = Icons(theme)
    window = MainWindow(theme, icons, surroundings(settings, keeps=options.screenshot is None))
    theme.apply()
    if options.size is not None:
        window.resize(QSize(*options.size))
    FirstPaint(window, icons.load)
    watch = _watch(options, window, icons)
    window.show()
    _open(options, window, settings)
    code = application.exec()
    outcome = watch.code if watch is not None and code == 0 else code
    # Qt's objects must be gone before the application is: Python would take them down in any order
    delete(window)
    return outcome


def prepare(application: QApplication) -> None:
    """Name the program to Qt, and load the translation of the person's language where there is one."""
    application.setApplicationName(PROGRAM)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("kartoteka")
    application.setWindowIcon(QIcon(str(resource_path("icons", "kartoteka-128.png"))))
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    for language in ("en", QLocale.system().name()):
        if _translate(application, language):
            QLocale.setDefault(QLocale.system() if language != "en" else QLocale())


def surroundings(settings: Settings, *, keeps: bool = True) -> Surroundings:
    """Return what the window stands in: choices and folders of this person."""
    return Surroundings(settings, _keep if keeps else _forget, data_folder(), request_of, backs_up=keeps)


def request_of(given: GivenText) -> ImportRequest:
    """Turn a pasted text with what the person said of it into an import."""
    name = (given.title or "Pasted text").replace("/", "-").replace("\\", "-")
    metadata = GivenMetadata(
        published=given.published,
        publisher=given.publisher,
        host=given.host,
        source_url=given.address,
        title=given.title,
        byline=given.byline,
    )
    text = PastedText(f"{name}.txt", given.text.encode("utf-8", "replace"))
    return ImportRequest(texts=(text,), given={Path(text.name).stem: metadata}, how=given.how)


def _watch(options: WindowOptions, window: MainWindow, icons: Icons) -> QuietWatch | None:
    if options.report_start:
        StartReport(window)
    if options.screenshot is None:
        return None
    return QuietWatch(window, icons, Photographer(window, options.screenshot).take)


def _open(options: WindowOptions, window: MainWindow, settings: Settings) -> None:
    place = Place(options.place) if options.place in tuple(Place) else None
    path = options.path
    if path is None and not options.sample and options.screenshot is None and settings.last_file:
        path = Path(settings.last_file) if Path(settings.last_file).exists() else None
    if options.sample:
        window.presence.want(place, options.select)
        window.parts.opener.open_sample()
    elif path is not None:
        window.presence.want(place, options.select)
        if options.screenshot is None and not options.report_start:
            window.parts.opener.open_or_ask(path.absolute())
        else:
            window.base.open(OpenRequest(path))
    else:
        window.presence.show_welcome()


def _theme_choice(options: WindowOptions, settings: Settings) -> ThemeChoice:
    return ThemeChoice(options.theme) if options.theme in tuple(ThemeChoice) else settings.theme


def _translate(application: QApplication, language: str) -> bool:
    loaded = False
    places = (("kartoteka", _translations()), ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
    for name, folder in places:
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            loaded = loaded or name == "kartoteka"
    return loaded


def _translations() -> str:
    try:
        return str(resource_path("translations"))
    except FileNotFoundError:
        return ""


def _keep(settings: Settings) -> None:
    save_settings(settings, settings_path())


def _forget(_settings: Settings) -> None:
    """Keep nothing."""
