"""One short script per screen, and the two pieces that all of them share: sidebar and detail panel."""
