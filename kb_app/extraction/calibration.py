"""Makes the confidences of findings mean what they say: of those at 0.9, nine in ten are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb_app.core.findings import Findings, FoundEntity, Ground
from kb_app.extraction.encoder_card import calibrated

Curves = Mapping[str, tuple[float, float]]
LAYERS = ("mention", "time", "role", "event", "statement", "relation")
_AS_IS = (1.0, 0.0)


def with_calibrated(findings: Findings, curves: Curves) -> Findings:
    """Return the findings with each confidence put through its layer's curve (Platt's scaling, slope and offset)."""

    def sure(layer: str, confidence: float) -> float:
        slope, offset = curves.get(layer, _AS_IS)
        return round(calibrated(confidence, slope, offset), 3)

    def ground(layer: str, old: Ground) -> Ground:
        return replace(old, confidence=sure(layer, old.confidence))

    def entity(old: FoundEntity) -> FoundEntity:
        mentions = tuple(replace(m, confidence=sure("mention", m.confidence)) for m in old.mentions)
        return replace(old, mentions=mentions, ground=ground("mention", old.ground))

    return replace(
        findings,
        entities=tuple(map(entity, findings.entities)),
        times=tuple(replace(t, confidence=sure("time", t.confidence)) for t in findings.times),
        roles=tuple(replace(r, ground=ground("role", r.ground)) for r in findings.roles),
        events=tuple(replace(e, ground=ground("event", e.ground)) for e in findings.events),
        statements=tuple(replace(s, ground=ground("statement", s.ground)) for s in findings.statements),
        relations=tuple(replace(r, ground=ground("relation", r.ground)) for r in findings.relations),
    )
