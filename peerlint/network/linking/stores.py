"""Values that one stack writes under a name and another reads by it.

A name has one value in a Region of an account. Where one stack of the run writes it, and nothing tells that the reader
is elsewhere, this is the value; so the two are in one place. Names are made to be shared, and are not met by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from peerlint.network.linking.places import may_be_one, same_place, short, unified
from peerlint.network.linking.readings import TORN, places_of, torn_places
from peerlint.network.linking.substitution import Substitution, explained, substituted
from peerlint.network.model import (
    Entity,
    Fragment,
    Gap,
    HostedZone,
    Kind,
    NetworkAcl,
    Published,
    Reading,
    RouteTable,
    SecurityGroup,
    Store,
    Vpc,
)
from peerlint.network.values import Identity, Unknown, Written
from peerlint.records import replace


def with_stored(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, in which what is read under a name is what another stack writes under it."""
    written: dict[tuple[Store, str], list[Published]] = defaultdict(list)
    for published in (published for fragment in fragments for published in fragment.published):
        written[published.store, published.name].append(published)
    reasons: dict[Identity, str] = {}
    sources: list[tuple[Reading, Published]] = []
    for reading in (reading for fragment in fragments for reading in fragment.readings):
        source = _source(reading, written[reading.store, reading.name])
        if isinstance(source, Published):
            sources.append((reading, source))
        elif source:
            reasons[reading.of] = source
    torn = torn_places(sources)
    reasons.update({reading.of: TORN for reading, _ in sources if places_of(reading) & torn})
    told = [(reading, source) for reading, source in sources if reading.of not in reasons]
    pairs = [(reading.place, source.place) for reading, source in told]
    found: Substitution = {**{reading.of: source.value for reading, source in told}, **unified(pairs)}
    joined = [substituted(fragment, found) for fragment in fragments] if found else fragments
    return _with_openings([explained(f, lambda of: reasons.get(of, "")) for f in joined] if reasons else joined)


def _with_openings(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, of which the tables, groups, ACLs and VPCs are open whose ids are written to a parameter: for
    others to use, who need not be in the run.
    """
    known = dict(_extensible(entity for fragment in fragments for entity in fragment.entities))
    return [replace(f, gaps=(*f.gaps, *_openings(f, known))) if f.published else f for f in fragments]


def _extensible(entities: Iterable[Entity]) -> Iterator[tuple[Identity, tuple[Kind, str, str]]]:
    """What others can add to, by the identity of its id: the kind of thing, its plural, and to what."""
    for entity in entities:
        match entity:
            case RouteTable(id=Unknown(of=Identity() as of)):
                yield of, (Kind.ROUTE, "routes", entity.origin.address)
            case SecurityGroup(id=Unknown(of=Identity() as of)):
                yield of, (Kind.PERMISSION, "rules", entity.origin.address)
            case NetworkAcl(id=Unknown(of=Identity() as of)):
                yield of, (Kind.ACL, "entries", entity.origin.address)
            case Vpc(id=Unknown(of=Identity() as of)):
                yield of, (Kind.GROUP, "security groups", entity.origin.address)
            case HostedZone(id=Unknown(of=Identity() as of)):
                yield of, (Kind.ZONE, "associations", entity.origin.address)
            case _:
                pass


def _openings(fragment: Fragment, known: Mapping[Identity, tuple[Kind, str, str]]) -> Iterator[Gap]:
    for written in fragment.published:
        value = written.value
        if (
            written.store is Store.PARAMETER
            and isinstance(value, Unknown)
            and value.of is not None
            and value.of in known
        ):
            kind, what, address = known[value.of]
            reason = f"`{address}` is written to the parameter `{written.name}`: another stack may add {what}"
            touched: frozenset[Written[str]] = frozenset({value})
            yield Gap(fragment.stack, frozenset({kind}), reason, written.origin.span, touched)


def _source(reading: Reading, written: Sequence[Published]) -> Published | str:
    """What writes the value that is read: the only one in the reader's place, or that may be in it.

    Several that write one value tell that value, and nothing of the place that it is read in. Where the value is
    undecided, why; empty where nothing in the run may write it.
    """
    near = [p for p in written if may_be_one(reading.place, p.place)]
    certain = [p for p in near if same_place(reading.place, p.place) is True]
    found = certain or near
    if not found:
        return ""
    if any(p.value != found[0].value for p in found):
        shown = list({p.origin.span: p for p in found}.values())[:2]
        places = short(*(p.origin.span for p in shown))
        names = [f"{p.origin.address} at {place}" for p, place in zip(shown, places, strict=True)]
        writers = f"{' and '.join(names)} write it" if len(names) > 1 else f"{names[0]} writes it more than once"
        return f"{writers}: their Regions and accounts would tell which of them is read"
    doubt = next((p.origin.presence.doubt for p in found if p.origin.presence.doubt is not None), None)
    if doubt is not None:
        return f"{found[0].origin.address} writes it, if that exists: {doubt}"
    is_one_place = all(p.place == found[0].place for p in found)
    return found[0] if is_one_place else replace(found[0], place=reading.place)
