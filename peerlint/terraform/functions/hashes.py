"""Hashes, and functions whose result nobody can tell beforehand."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Callable

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.functions.signature import ArgumentError, Call, Function, Param
from peerlint.terraform.types import NUMBER, STRING
from peerlint.terraform.values import TfValue

_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def digest(algorithm: str, content: bytes) -> str:
    """The hash of the content in lower-case hexadecimal."""
    return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def base64_digest(algorithm: str, content: bytes) -> str:
    """The hash of the content in Base64."""
    return base64.b64encode(hashlib.new(algorithm, content, usedforsecurity=False).digest()).decode()


def _hash(encode: Callable[[str, bytes], str], algorithm: str) -> Callable[[Call], TfValue]:
    return lambda call: Known(encode(algorithm, call.text(0).encode()))


def _uuidv5(call: Call) -> TfValue:
    text = call.text(0)
    try:
        namespace = _NAMESPACES.get(text) or uuid.UUID(text)
    except ValueError:
        raise ArgumentError(0, f"{text} is not a valid namespace") from None
    return Known(str(uuid.uuid5(namespace, call.text(1))))


def _impure(call: Call) -> TfValue:
    """Known only when the plan is applied."""
    return Unknown(Why.COMPUTED)


def _private(call: Call) -> TfValue:
    """Decryption with a private key is not done here."""
    return Unknown(Why.UNSUPPORTED)


_STR = Param("str", STRING)

FUNCTIONS = {
    "base64sha256": Function(_hash(base64_digest, "sha256"), (_STR,)),
    "base64sha512": Function(_hash(base64_digest, "sha512"), (_STR,)),
    "bcrypt": Function(_impure, (_STR,), Param("cost", NUMBER)),
    "md5": Function(_hash(digest, "md5"), (_STR,)),
    "plantimestamp": Function(_impure),
    "rsadecrypt": Function(_private, (Param("ciphertext", STRING), Param("privatekey", STRING))),
    "sha1": Function(_hash(digest, "sha1"), (_STR,)),
    "sha256": Function(_hash(digest, "sha256"), (_STR,)),
    "sha512": Function(_hash(digest, "sha512"), (_STR,)),
    "timestamp": Function(_impure),
    "uuid": Function(_impure),
    "uuidv5": Function(_uuidv5, (Param("namespace", STRING), Param("name", STRING))),
}
