"""Templates as ``aws cloudformation package`` writes them: what they nest is in a bucket, and named there.

https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.oracle.cloudformation.client import REGION, Place
from tests.oracle.cloudformation.extensions import extended

_BUCKET = "packaged"
_URL = re.compile(r"""(TemplateURL"?\s*:\s*["']?)(?:file://)?([^\s"'!{}\[\],:]+)(?=["'\s}])""")
_CONDITION = re.compile(r"!Condition\s+(\w+)")


def nested(path: Path) -> list[Path]:
    """The local templates that a template nests."""
    names = (match[2] for match in _URL.finditer(path.read_text(encoding="utf-8")))
    return [found for name in names if (found := (path.parent / name).resolve()).is_file()]


def packaged(path: Path, place: Place) -> str:
    """The text of a template whose nested ones are in a bucket of its account.

    ``!Condition`` is written out, which moto's engine takes for a function.
    """

    def uploaded(match: re.Match[str]) -> str:
        found = (path.parent / match[2]).resolve()
        return f"{match[1]}{_upload(found, place)}" if found.is_file() else match[0]

    return _CONDITION.sub(r"{Condition: \1}", _URL.sub(uploaded, extended(path)))


def _upload(path: Path, place: Place) -> str:
    """The URL of a template in the bucket."""
    store = Place(REGION, place.account).client("s3")
    if not store.list_buckets()["Buckets"]:
        store.create_bucket(Bucket=_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    store.put_object(Bucket=_BUCKET, Key=str(path).lstrip("/"), Body=packaged(path, place).encode())
    return f"https://s3.amazonaws.com/{_BUCKET}/{str(path).lstrip('/')}"
