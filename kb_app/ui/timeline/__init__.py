"""The timeline: lanes of events over a zoomable axis."""
