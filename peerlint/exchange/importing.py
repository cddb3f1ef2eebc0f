"""Files of exports → the fragments that they tell of.

No path in them is ever opened: their paths begin with the name of the repository, and are not absolute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from peerlint.engine import Crash
from peerlint.exchange.decode import Malformed, decode
from peerlint.exchange.document import Document, DocumentError, read_document, start_of
from peerlint.exchange.model import model
from peerlint.network.model import Fragment, Language, Origin, Problem, ProblemKind
from peerlint.network.values import Span


class Imported(Struct, frozen=True):
    """What a file tells of: fragments, one of a problem where it cannot be read; and bugs that its export met."""

    fragments: Sequence[Fragment]
    crashes: Sequence[Crash] = ()


class _Repository(Struct, frozen=True):
    """What was told of a repository: the digests of its files, and its stacks; and which file told of the first."""

    told_by: str
    digests: dict[str, str] = field(default_factory=dict)
    stacks: dict[str, list[Fragment]] = field(default_factory=dict)


class Imports:
    """The files of a run. Those of one name are parts of one repository, and must not contradict each other."""

    def __init__(self) -> None:
        """None yet."""
        self._repositories: dict[str, _Repository] = {}

    def read(self, path: str) -> Imported:
        """What a file at an absolute path tells of, beyond what those before it do."""
        try:
            document = read_document(path, model().digest)
            stacks = _by_stack(_fragments(document, path))
            known = self._repositories.setdefault(document.name, _Repository(path))
            _agreeing(document, stacks, known, path)
        except DocumentError as error:
            return Imported([_of_problem(f"the export cannot be read: {error}", error.at)])
        new = [fragment for stack, found in stacks.items() if stack not in known.stacks for fragment in found]
        known.digests.update(_digests(document))
        known.stacks.update(stacks)
        return Imported(new, list(_crashes(document)))


def _fragments(document: Document, path: str) -> Sequence[Fragment]:
    """The fragments of a document. Raises DocumentError for what no export holds."""
    try:
        fragments = decode(document.tables())
    except Malformed as error:
        raise DocumentError(f"not as `peerlint export` writes it: {error}", start_of(path)) from None
    for fragment in fragments:
        if not _belongs(fragment, document.name):
            message = f"the stack {fragment.stack[:60]!r} is not of the repository {document.name}"
            raise DocumentError(f"not as `peerlint export` writes it: {message}", start_of(path))
    return fragments


def _belongs(fragment: Fragment, name: str) -> bool:
    """Whether a stack, and all that it declares, is of the repository."""
    deployment = fragment.deployment
    paths = (deployment.root, deployment.directory, *deployment.files) if deployment is not None else ()
    own = (*(origin.stack for origin in _origins(fragment)), *(gap.stack for gap in fragment.gaps))
    stated = fragment.entities or deployment is not None
    within = all(path == name or path.startswith(f"{name}/") for path in paths)
    return within and all(stack == fragment.stack for stack in own) and not (stated and not _lies_in(fragment, name))


def _origins(fragment: Fragment) -> Iterator[Origin]:
    yield from (entity.origin for entity in fragment.entities)
    yield from (lookup.origin for lookup in fragment.lookups)
    yield from (findable.origin for findable in fragment.findables)
    yield from (reading.origin for reading in fragment.readings)
    yield from (published.origin for published in fragment.published)
    yield from (deployed.origin for deployed in fragment.deploys)


def _lies_in(fragment: Fragment, name: str) -> bool:
    return fragment.stack.startswith(name) and fragment.stack[len(name) : len(name) + 1] in ("", "/", " ")


def _by_stack(fragments: Sequence[Fragment]) -> dict[str, list[Fragment]]:
    found: dict[str, list[Fragment]] = {}
    for fragment in fragments:
        found.setdefault(fragment.stack, []).append(fragment)
    return found


def _agreeing(document: Document, stacks: Mapping[str, list[Fragment]], known: _Repository, path: str) -> None:
    """Raises DocumentError where a document contradicts what is known of the repository of its name."""
    digests = _digests(document)
    files = (file for file, digest in digests.items() if known.digests.get(file, digest) != digest)
    others = (stack for stack, found in stacks.items() if known.stacks.get(stack, found) != found)
    for other in (*files, *others):
        raise DocumentError(
            f"{other} is another one than that of {known.told_by}: what is exported of one repository must be of one"
            " state of it, and `peerlint export --name` tells two repositories apart",
            start_of(path),
        )


def _digests(document: Document) -> Mapping[str, str]:
    pairs = zip(document.files, document.digests, strict=True)
    return {f"{document.name}/{file}": digest for file, digest in pairs if digest}


def _crashes(document: Document) -> Iterator[Crash]:
    for said, file in document.failures:
        text = said if isinstance(said, str) else document.name.join(said)
        yield Crash(text, start_of(f"{document.name}/{file}"), "")


def _of_problem(message: str, at: Span) -> Fragment:
    problem = Problem(ProblemKind.UNREADABLE_INPUT, message, at, at.file)
    return Fragment(at.file, Language.TERRAFORM, problems=(problem,))
