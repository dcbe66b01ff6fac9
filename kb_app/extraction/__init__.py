"""From an article to findings: who, in what role, what happened when, who said what, who is linked to whom."""
