"""The colours, type and shapes of the window, light and dark, switched live."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from kb_app.core.entity import EntityType
from kb_app.core.reading import MarkKind
from kb_app.settings import ThemeChoice as ThemeChoice  # the windows' parts take it from here

INTERFACE_PIXELS = 13
SMALL_PIXELS = 11
ARTICLE_PIXELS = 15
RADIUS = 6
GRID = 8


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one theme, each "#RRGGBB"."""

    dark: bool
    canvas: str
    panel: str
    line: str
    ink: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    selection: str
    hover: str
    rail: str
    rail_ink: str
    rail_selected: str
    rail_bright: str
    person: str
    institution: str
    place: str
    date: str
    statement: str
    good: str
    warning: str
    focus_mark: str  # the ring around the passage that was opened


LIGHT = Tokens(
    dark=False,
    canvas="#F4F5F7",
    panel="#FFFFFF",
    line="#E1E4E8",
    ink="#1B1F24",
    muted="#5F6974",
    faint="#98A1AB",
    accent="#3A5BC7",
    on_accent="#FFFFFF",
    selection="#ECF0FD",
    hover="#F4F6FB",
    rail="#1F252C",
    rail_ink="#A9B3BE",
    rail_selected="#323B47",
    rail_bright="#FFFFFF",
    person="#2F6FDE",
    institution="#0B8276",
    place="#8A5A2B",
    date="#A86400",
    statement="#7A4CC9",
    good="#2B8A3E",
    warning="#C2410C",
    focus_mark="#E0A800",
)
DARK = Tokens(
    dark=True,
    canvas="#15181C",
    panel="#1C2025",
    line="#2C323A",
    ink="#E6E9ED",
    muted="#9AA4AF",
    faint="#6B7580",
    accent="#8CA4FF",
    on_accent="#10141F",
    selection="#222B47",
    hover="#222831",
    rail="#101317",
    rail_ink="#9AA4AF",
    rail_selected="#2A313A",
    rail_bright="#FFFFFF",
    person="#7FB0FF",
    institution="#56CFC1",
    place="#D9A566",
    date="#F0B955",
    statement="#B99BF2",
    good="#69C77D",
    warning="#FF9A62",
    focus_mark="#E3C33B",
)


def blend(colour: str, ground: str, share: float) -> str:
    """Mix a colour into a ground; `share` 0 gives the ground, 1 the colour."""
    top, below = QColor(colour), QColor(ground)
    mixed = [
        round(t * share + b * (1 - share))
        for t, b in zip(top.getRgb()[:3], below.getRgb()[:3], strict=True)  # type: ignore[index]  # a tuple at run time
    ]
    return QColor(*mixed).name().upper()


def tint(tokens: Tokens, colour: str) -> str:
    """Return the pale ground that goes with a colour, for monograms, chips and marks."""
    return blend(colour, tokens.panel, 0.20 if tokens.dark else 0.13)


def entity_colour(tokens: Tokens, kind: EntityType) -> str:
    """Return the colour of a kind of entity, everywhere the same."""
    colours = {
        EntityType.PERSON: tokens.person,
        EntityType.INSTITUTION: tokens.institution,
        EntityType.PLACE: tokens.place,
    }
    return colours[kind]


def mark_colour(tokens: Tokens, kind: MarkKind) -> str:
    """Return the colour of a kind of mark in an article's text."""
    colours = {
        MarkKind.PERSON: tokens.person,
        MarkKind.INSTITUTION: tokens.institution,
        MarkKind.PLACE: tokens.place,
        MarkKind.DATE: tokens.date,
        MarkKind.STATEMENT: tokens.statement,
        MarkKind.EVENT: tokens.warning,
    }
    return colours[kind]


def interface_font(pixels: int = INTERFACE_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the system's sans in a size of the interface."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def article_font(pixels: int = ARTICLE_PIXELS) -> QFont:
    """Return the serif that articles are set in."""
    font = QFont()
    font.setFamilies(["Noto Serif", "Source Serif 4", "Charter", "Georgia", "DejaVu Serif", "serif"])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(pixels)
    return font


class Theme(QObject):
    """The theme in use. `changed` says that `tokens` are other ones now.

    `style_template` is a Qt style sheet with $token places; "" leaves the style sheet out.
    """

    changed = Signal()

    def __init__(self, choice: ThemeChoice = ThemeChoice.LIGHT, style_template: str = "") -> None:
        super().__init__()
        self._choice = choice
        self._template = Template(style_template)
        self._tokens = LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        self._tokens = self._tokens_of_choice()

    @property
    def tokens(self) -> Tokens:
        """Return the colours in use."""
        return self._tokens

    @property
    def choice(self) -> ThemeChoice:
        """Return what the person chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Take up another choice and repaint what depends on it."""
        self._choice = choice
        self._take(self._tokens_of_choice())

    def begin(self) -> None:
        """Give the application its style, palette and font; `apply` must follow."""
        app = _application()
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(interface_font())
        app.setPalette(palette(self._tokens))

    def apply(self) -> None:
        """Give the application its style, palette, font and style sheet.

        After the widgets are put together it takes half the time: Qt looks each up again whenever it gets a parent.
        """
        self.begin()
        self._dress(_application())

    def style_sheet(self) -> str:
        """Return the style sheet in today's colours."""
        t = self._tokens
        names = {name: value for name, value in asdict(t).items() if isinstance(value, str)}
        return self._template.substitute(
            names,
            accent_hover=blend(t.ink, t.accent, 0.12),
            accent_pale=tint(t, t.accent),
            warning_pale=tint(t, t.warning),
            good_pale=tint(t, t.good),
            field=blend(t.ink, t.panel, 0.045) if t.dark else t.canvas,
            scroll=blend(t.ink, t.panel, 0.18),
            scroll_hover=blend(t.ink, t.panel, 0.32),
        )

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._take(self._tokens_of_choice())

    def _tokens_of_choice(self) -> Tokens:
        if self._choice is ThemeChoice.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._choice is ThemeChoice.DARK else LIGHT

    def _take(self, tokens: Tokens) -> None:
        if tokens is self._tokens:
            return
        self._tokens = tokens
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.styleSheet():
            self._dress(app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        app.setPalette(palette(self._tokens))
        app.setStyleSheet(self.style_sheet())


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs a QApplication")
    return app


def palette(tokens: Tokens) -> QPalette:
    """Return the palette for what the style sheet leaves to the style."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.panel,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.canvas,
        role.Button: tokens.panel,
        role.ToolTipBase: tokens.panel,
        role.WindowText: tokens.ink,
        role.Text: tokens.ink,
        role.ButtonText: tokens.ink,
        role.ToolTipText: tokens.ink,
        role.BrightText: tokens.warning,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.panel,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.faint,
        role.Shadow: tokens.line,
        role.Accent: tokens.accent,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.faint))
    return made
