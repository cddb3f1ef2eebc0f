"""What the command line and the configuration share: the words they take, and the error of using them wrongly."""

from __future__ import annotations

import re

ACCOUNT = re.compile(r"[0-9]{12}")
FAIL_ON = ("error", "warning", "note", "never")


class ConfigError(Exception):
    """A configuration, or a use of the command line, that cannot be followed; its text is one line for the user."""
