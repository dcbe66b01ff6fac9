"""Windows about what was done and kept: history, backups, checks."""
