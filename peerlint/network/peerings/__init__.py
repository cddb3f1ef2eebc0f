"""Connections as pairs of VPCs: who accepts them, where their sides are, and who is peered with whom."""
