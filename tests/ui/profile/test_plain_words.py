"""Hostile text becomes one harmless line."""

from __future__ import annotations

from kb_app.ui.profile.plain_words import isolated, plain


def test_line_ends_and_controls_become_spaces() -> None:
    assert plain("a\x00b\r\nc\u2028d\te") == "a b c d e"


def test_long_text_is_cut_with_a_sign() -> None:
    assert plain("word " * 100, 12) == "word word w…"
    assert plain("exactly ten", 11) == "exactly ten"


def test_overrides_of_direction_are_taken_out() -> None:
    assert plain("abc\u202egnp.exe\u2066") == "abcgnp.exe"


def test_piled_up_combining_marks_are_clipped_and_real_ones_stay() -> None:
    assert len(plain("a" + "\u0301" * 100_000, 40)) <= 6
    assert plain("Dvořa\u0301k") == "Dvořa\u0301k"


def test_right_to_left_names_are_isolated_and_others_left_alone() -> None:
    assert isolated("جمال") == "\u2068جمال\u2069"
    assert isolated("Анна") == "Анна"
