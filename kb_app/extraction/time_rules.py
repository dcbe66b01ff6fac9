"""The whole grammar of time expressions; among equally long matches the earlier rule wins."""

from __future__ import annotations

from kb_app.extraction.calendar_rules import CALENDAR_RULES
from kb_app.extraction.span_rules import SPAN_RULES
from kb_app.extraction.time_rule import TimeRule

TIME_RULES: tuple[TimeRule, ...] = (*CALENDAR_RULES, *SPAN_RULES)
