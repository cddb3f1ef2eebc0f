"""Is a file a plan or state of Terraform? A look at its bytes, without parsing.

``terraform show -json`` and ``tofu show -json`` write an object with ``format_version`` and ``terraform_version``
(https://developer.hashicorp.com/terraform/internals/json-format).
"""

from __future__ import annotations

import re
from enum import Enum

from peerlint import filesystem
from peerlint.encodings import encoding_of

HEAD = 1 << 20
"""How many bytes are looked at."""


class Form(Enum):
    """What Terraform writes a plan or a state as; the value is what a message calls it."""

    SHOWN = "the output of `terraform show -json`"
    SAVED_PLAN = "a saved plan in Terraform's own format"
    STATE_FILE = "a state file in Terraform's own format"
    LOG = "the log that `terraform plan -json` prints"

    @property
    def remedy(self) -> str:
        """What to do with a file of this form, as the end of a sentence."""
        match self:
            case Form.SHOWN:
                return "name it"
            case Form.SAVED_PLAN | Form.LOG:
                return "`terraform plan -out=tfplan` and `terraform show -json tfplan` write one that is read"
            case Form.STATE_FILE:
                return "`terraform show -json` writes one that is read"


_FORMAT = re.compile(rb'"format_version"[ \t\r\n]*:[ \t\r\n]*"')
_TERRAFORM = re.compile(rb'"terraform_version"[ \t\r\n]*:[ \t\r\n]*"')
_LINEAGE = re.compile(rb'"lineage"[ \t\r\n]*:[ \t\r\n]*"')
_SERIAL = re.compile(rb'"serial"[ \t\r\n]*:[ \t\r\n]*\d')
_LOG = re.compile(rb'\A\s*\{"@level":"')


def form_of(path: str) -> Form | None:
    """What of Terraform's a file holds, by its first bytes; ``None`` for anything else, or what cannot be opened."""
    try:
        return looks_like(filesystem.read(path, HEAD)) if filesystem.is_file(path) else None
    except (OSError, ValueError):
        return None


def looks_like(head: bytes) -> Form | None:
    """What of Terraform's the beginning of a file is."""
    if head.startswith(b"PK\x03\x04"):
        return Form.SAVED_PLAN if head[30:36] in (b"tfplan", b"tfstat") else None
    encoding = encoding_of(head)
    if encoding != "utf-8":
        head = head.decode(encoding, errors="replace").encode()
    if _LOG.match(head):
        return Form.LOG
    if not head.lstrip().startswith(b"{") or not _TERRAFORM.search(head):
        return None
    if _FORMAT.search(head):
        return Form.SHOWN
    return Form.STATE_FILE if _LINEAGE.search(head) and _SERIAL.search(head) else None
