"""Feeds, tables and exports of other programs: one article an item."""
