"""The source pane: an archived article with its marks."""
