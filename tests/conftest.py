"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

os.environ["PEERLINT_CACHE"] = "0"  # tests of the cache ask for it
