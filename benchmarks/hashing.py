"""Reads and SHA-256-hashes every file below a folder that peerlint could read: the least that noticing a change takes.

Run as a script, so that it imports nothing else: ``python benchmarks/hashing.py DIR`` prints how many files, and one
digest of all.
"""

from __future__ import annotations

import hashlib
import os
import sys

SUFFIXES = (".tf", ".tofu", ".yaml", ".yml", ".json", ".template", ".cfn", ".tfvars")


def main(top: str) -> None:
    """Prints the number of files and the digest of their digests."""
    digests = []
    for directory, below, names in os.walk(top):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIXES):
                with open(os.path.join(directory, name), "rb") as file:
                    digests.append(hashlib.sha256(file.read()).digest())
    print(len(digests), hashlib.sha256(b"".join(digests)).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1])
