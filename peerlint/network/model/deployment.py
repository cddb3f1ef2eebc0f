"""One of several ways in which the same code is deployed."""

from __future__ import annotations

import os
import re

from msgspec import Struct

_WORDS = frozenset({"parameters", "parameter", "params", "param", "config", "configuration"})


class Deployment(Struct, frozen=True, order=True):
    """A root or template as it is deployed once: with the files that are given by hand, or with none.

    ``root`` is the directory of a Terraform root, or the file of a template in the directory ``within``. Its
    ``files`` are var files or parameter files, absolute, in the order in which they are given. Two deployments of
    one root are alternatives: nothing shows that both exist, so what one declares is not there for the other.
    """

    root: str
    files: tuple[str, ...] = ()
    within: str = ""

    @property
    def stack(self) -> str:
        """The id of its stack, which no other deployment has; messages do not show it."""
        return f"{self.root} + {self.name}" if self.files else self.root

    @property
    def directory(self) -> str:
        """The directory that it is deployed from."""
        return self.within or self.root

    @property
    def files_are(self) -> str:
        """What one of its files is called: ``var file``, ``parameter file``."""
        return "parameter file" if self.within else "var file"

    @property
    def name(self) -> str:
        """What a message calls it, relative to its directory: ``env/dev.tfvars``; empty where no file is given."""
        return self.relative_to(self.directory)

    @property
    def label(self) -> str:
        """What its environment is called: ``dev`` for ``env/dev.tfvars`` as for ``envs/dev/network.tfvars``, and for
        ``params/vpc-dev.json`` of ``vpc.yaml``.
        """
        parts = self.name.partition(" + ")[0].split("/")
        if len(parts) > 2:
            return parts[1]
        return self._told_apart(parts[-1]) if self.within else parts[-1].partition(".tfvars")[0]

    def _told_apart(self, file: str) -> str:
        """A file's name without what it has in common with that of the template, and without what it says of itself."""
        stem = file.removesuffix(".json")
        common = {*_words(os.path.basename(self.root).partition(".")[0]), *_WORDS}
        own = [word for word in _words(stem) if word not in common]
        return "-".join(own) or stem

    def relative_to(self, directory: str) -> str:
        """Its files, as seen from a directory."""
        return " + ".join(os.path.relpath(path, directory).replace(os.sep, "/") for path in self.files)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word]
