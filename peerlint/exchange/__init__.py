"""The part of a network that one repository declares, written to a file and read again without its sources."""

from __future__ import annotations
