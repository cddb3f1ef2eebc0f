"""One of several ways in which the same code is deployed."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Deployment:
    """A root as it is deployed once: with the ``var_files`` that are given by hand, or with none.

    ``root`` is its directory; the files are absolute, in the order in which they are given. Two deployments of one root
    are alternatives: nothing shows that both exist, so what one declares is not there for the other.
    """

    root: str
    var_files: tuple[str, ...] = ()

    @property
    def stack(self) -> str:
        """The id of its stack, which no other deployment has; messages do not show it."""
        return f"{self.root} + {self.name}" if self.var_files else self.root

    @property
    def name(self) -> str:
        """What a message calls it, relative to the root: ``env/dev.tfvars``; empty where no file is given."""
        return self.relative_to(self.root)

    @property
    def label(self) -> str:
        """What its environment is called: ``dev`` for ``env/dev.tfvars`` as for ``envs/dev/network.tfvars``."""
        parts = self.name.partition(" + ")[0].split("/")
        return parts[1] if len(parts) > 2 else parts[-1].partition(".tfvars")[0]

    def relative_to(self, directory: str) -> str:
        """Its var files, as seen from a directory."""
        return " + ".join(os.path.relpath(path, directory).replace(os.sep, "/") for path in self.var_files)
