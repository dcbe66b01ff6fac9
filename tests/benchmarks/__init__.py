"""Measures how fast the program is; nothing here passes or fails."""
