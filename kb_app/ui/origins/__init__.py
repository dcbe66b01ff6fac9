"""The report behind an article: its versions, what may be the same, passages that stand elsewhere too."""
