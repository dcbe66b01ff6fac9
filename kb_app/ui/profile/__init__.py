"""The profile card: one person or institution, every line with its evidence."""
