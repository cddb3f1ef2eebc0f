"""Functions that read files of the project, and those on paths.

Paths are relative to the root module's directory. Only regular files inside the project are read, symbolic links
resolved first; a path that leads out of it is not evaluated.
"""

from __future__ import annotations

import base64
import os
import posixpath
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from peerlint import filesystem
from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import to_string
from peerlint.terraform.functions.hashes import base64_digest, digest
from peerlint.terraform.functions.signature import ArgumentError, Call, FileContext, Function, Param
from peerlint.terraform.types import STRING
from peerlint.terraform.values import EvaluationError, TfValue, is_null, make_set

MAX_FILE_SIZE = 700_000
"""The largest file, in bytes, that is read."""

MAX_FILES = 20_000
"""The most files that ``fileset`` looks at."""


def _resolve(text: str, context: FileContext) -> Path | None:
    """The real path of a file in the project; ``None`` where it leads out of it or cannot be told."""
    if text.startswith("~") or "\0" in text:
        return None
    real = Path(filesystem.target(os.path.join(context.root_dir, text)))
    project = Path(filesystem.target(context.project_dir))
    return real if real.is_relative_to(project) else None


def _read(call: Call) -> bytes | Unknown:
    text = call.text(0)
    path = _resolve(text, call.context)
    if path is None:
        return Unknown(Why.UNSUPPORTED)
    try:
        kind = filesystem.kind(str(path))
        if kind is filesystem.Kind.DIRECTORY:
            raise ArgumentError(0, f"{text} is a directory, not a file")
        if kind is filesystem.Kind.OTHER:
            return Unknown(Why.UNSUPPORTED)
        content = filesystem.read(str(path), MAX_FILE_SIZE + 1)
        return content if len(content) <= MAX_FILE_SIZE else Unknown(Why.UNSUPPORTED)
    except (FileNotFoundError, NotADirectoryError):
        raise ArgumentError(0, f"no file exists at {text}") from None
    except OSError:
        return Unknown(Why.UNSUPPORTED)


def _content(make: Callable[[bytes], str]) -> Callable[[Call], TfValue]:
    def function(call: Call) -> TfValue:
        content = _read(call)
        return content if isinstance(content, Unknown) else Known(make(content))

    return function


def _decode(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise EvaluationError("the contents of the file are not valid UTF-8; use the filebase64 function") from None


def _digest(algorithm: str) -> Callable[[Call], TfValue]:
    return _content(lambda content: digest(algorithm, content))


def _base64_digest(algorithm: str) -> Callable[[Call], TfValue]:
    return _content(lambda content: base64_digest(algorithm, content))


def _fileexists(call: Call) -> TfValue:
    path = _resolve(call.text(0), call.context)
    if path is None:
        return Unknown(Why.UNSUPPORTED)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Known(False)
    except OSError:
        return Unknown(Why.UNSUPPORTED)
    if not stat.S_ISREG(mode):
        raise ArgumentError(0, f"{call.text(0)} is not a regular file")
    return Known(True)


def _templatefile(call: Call) -> TfValue:
    content = _read(call)
    if isinstance(content, Unknown):
        return content
    return _render(_decode(content), call)


def _templatestring(call: Call) -> TfValue:
    result = _render(call.text(0), call)
    if isinstance(result, Unknown):
        return result
    text = to_string(result)
    if is_null(text):
        raise EvaluationError("invalid template result: a string is required")
    return text


def _render(template: str, call: Call) -> TfValue:
    if call.context.render is None:
        raise EvaluationError("a template cannot render another one")
    variables = call.plain(1)
    if not isinstance(variables, dict):
        raise ArgumentError(1, "invalid vars value: must be a map")
    return call.context.render(template, variables, call.text(0))


def _fileset(call: Call) -> TfValue:
    base = _resolve(call.text(0), call.context)
    matcher = _glob(posixpath.normpath(call.text(1)))
    if base is None or matcher is None:
        return Unknown(Why.UNSUPPORTED)
    found: list[TfValue] = []
    for seen, (name, path) in enumerate(_files(base)):
        if seen >= MAX_FILES:
            return Unknown(Why.UNSUPPORTED)
        if matcher.fullmatch(name):
            if _resolve(str(path), call.context) is None:
                return Unknown(Why.UNSUPPORTED)
            if filesystem.is_file(str(path)):
                found.append(Known(name))
    return Known(make_set(found))


def _files(base: Path) -> Iterator[tuple[str, Path]]:
    """Every file below the directory: its path from there, with slashes, and its place."""
    for folder, _, names in filesystem.walk(str(base)):
        for name in names:
            path = Path(folder, name)
            yield path.relative_to(base).as_posix(), path


_GLOB_PART = re.compile(r"(?P<deep>(?<![^/])\*\*(?:/|$))|\*+|\?|\[\^?[^\]]+\]|\\.|\{|\}|,|.", re.DOTALL)
_GLOB_MEANING = {"?": "[^/]", "{": "(?:", "}": ")"}


def _glob(pattern: str) -> re.Pattern[str] | None:
    """The pattern as a regular expression; ``None`` where it leads out of the directory or its braces do not match."""
    if pattern.startswith(("/", "..")) or pattern.count("{") != pattern.count("}"):
        return None
    parts: list[str] = []
    depth = 0
    for match in _GLOB_PART.finditer(pattern):
        part = match[0]
        depth += (part == "{") - (part == "}")
        if match["deep"]:
            parts.append("(?:[^/]+/)*" if part.endswith("/") else ".*")
        elif part.startswith("*"):
            parts.append("[^/]*")
        elif part == "," and depth:
            parts.append("|")
        elif part.startswith("[") and len(part) > 1:
            parts.append(part)
        else:
            literal = re.escape(part.removeprefix("\\") if len(part) > 1 else part)
            parts.append(_GLOB_MEANING.get(part, literal))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        return None


def _basename(call: Call) -> TfValue:
    text = call.text(0)
    if not text:
        return Known(".")
    return Known(posixpath.basename(text.rstrip("/")) or "/")


def _dirname(call: Call) -> TfValue:
    return Known(_clean(call.text(0).rpartition("/")[0] or ("/" if call.text(0).startswith("/") else ".")))


def _abspath(call: Call) -> TfValue:
    return Known(_clean(posixpath.join(call.context.root_dir, call.text(0))))


def _clean(path: str) -> str:
    cleaned = posixpath.normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


def _pathexpand(call: Call) -> TfValue:
    """Home directories are another machine's."""
    return Unknown(Why.UNSUPPORTED) if call.text(0).startswith("~") else Known(call.text(0))


_PATH = Param("path", STRING)

FUNCTIONS = {
    "abspath": Function(_abspath, (_PATH,)),
    "basename": Function(_basename, (_PATH,)),
    "dirname": Function(_dirname, (_PATH,)),
    "file": Function(_content(_decode), (_PATH,)),
    "filebase64": Function(_content(lambda content: base64.b64encode(content).decode()), (_PATH,)),
    "filebase64sha256": Function(_base64_digest("sha256"), (_PATH,)),
    "filebase64sha512": Function(_base64_digest("sha512"), (_PATH,)),
    "fileexists": Function(_fileexists, (_PATH,)),
    "filemd5": Function(_digest("md5"), (_PATH,)),
    "fileset": Function(_fileset, (_PATH, Param("pattern", STRING))),
    "filesha1": Function(_digest("sha1"), (_PATH,)),
    "filesha256": Function(_digest("sha256"), (_PATH,)),
    "filesha512": Function(_digest("sha512"), (_PATH,)),
    "pathexpand": Function(_pathexpand, (_PATH,)),
    "templatefile": Function(_templatefile, (_PATH, Param("vars")), partial=True),
    "templatestring": Function(_templatestring, (Param("template", STRING), Param("vars")), partial=True),
}
