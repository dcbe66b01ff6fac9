"""The place of the sources: the table of articles, import and its report."""
