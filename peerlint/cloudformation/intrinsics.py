"""The intrinsic functions.

Each takes the scope and the call and returns its value, as described in
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html. What is not
in the table is no function of the service's; loops and includes are written out before.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from peerlint.cloudformation.calls import Scope, arguments_of, is_written, source, unevaluated, written_text
from peerlint.cloudformation.exports import export_identity
from peerlint.cloudformation.lists import cidr, find_in_map, get_azs, length, select, split
from peerlint.cloudformation.nodes import Call, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.references import VARIABLE, references
from peerlint.cloudformation.values import (
    MAX_TEXT,
    CfnValue,
    CfnWritten,
    as_text,
    computed,
    derived,
    joined,
    unknowns,
)
from peerlint.network.values import Known, Maybe, Unknown, Why

Intrinsic: TypeAlias = "Callable[[Scope, Call], CfnValue]"


def ref(scope: Scope, call: Call) -> CfnValue:
    """``Ref``, with the language extensions also of a computed name."""
    name = _name(scope, call.argument)
    if isinstance(name, str):
        return scope.reference(name, f"!Ref {name}", call.span)
    if name is None:
        return scope.refuse(call, "takes the name of a parameter or resource")
    return unevaluated(scope, call, name)


def get_att(scope: Scope, call: Call) -> CfnValue:
    """``Fn::GetAtt``, of ``Resource.Attribute`` or ``[Resource, Attribute]``."""
    name: str | Unknown | None
    attribute: CfnValue
    match call.argument:
        case ScalarNode(value=str(text), span=span) if "." in text:
            name, _, rest = text.partition(".")
            attribute = Known(rest, span)
        case SequenceNode(items=(first, second, *more)):
            name = _name(scope, first)
            parts = tuple(scope.value(part) for part in (second, *more))
            attribute = joined(scope.stack, _with_dots(parts), source(call), call.span)
        case _:
            return scope.refuse(call, "takes the name of a resource and an attribute")
    written = as_text(attribute)
    if isinstance(name, str) and written is not None:
        return scope.attribute(name, written, f"!GetAtt {name}.{written}", call.span)
    if name is None:
        return scope.refuse(call, "takes the name of a resource and an attribute")
    return unevaluated(scope, call, Known(name) if isinstance(name, str) else name, attribute)


def _name(scope: Scope, node: Node) -> str | Unknown | None:
    """A logical id; ``None`` for what cannot be one."""
    match node:
        case ScalarNode(value=str(name)):
            return name
        case MappingNode() if scope.is_extended:
            value = scope.value(node)
            return value if isinstance(value, Unknown) else as_text(value)
        case _:
            return None


def _with_dots(parts: tuple[CfnValue, ...]) -> tuple[CfnValue, ...]:
    """``[Net, Outputs, Vpc]`` is ``Net.Outputs.Vpc``."""
    return tuple(piece for part in parts for piece in (Known("."), part))[1:]


def sub(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Sub``, of a text, or of a text and a map of variables. ``${!x}`` is the text ``${x}``."""
    match call.argument:
        case ScalarNode(value=str(text)):
            variables: Mapping[str, CfnValue] = {}
        case SequenceNode(items=(ScalarNode(value=str(text)), MappingNode(entries=entries))):
            variables = {name: scope.value(entry.value) for name, entry in entries.items()}
        case _:
            return scope.refuse(call, "takes a text, or a text and a mapping of the variables in it")
    parts: list[CfnValue] = []
    last = 0
    for match in VARIABLE.finditer(text):
        parts.append(Known(text[last : match.start()]))
        parts.append(_variable(scope, call, variables, match))
        last = match.end()
    parts.append(Known(text[last:]))
    result = joined(scope.stack, tuple(parts), source(call), call.span)
    resolved = as_text(result)
    return scope.resolved(resolved, call.span) if resolved is not None else result


def _variable(scope: Scope, call: Call, variables: Mapping[str, CfnValue], match: re.Match[str]) -> CfnValue:
    if match.group(1):
        return Known("${" + match.group(2) + "}")
    name = match.group(2).strip()
    if name in variables:
        return variables[name]
    resource, dot, attribute = name.partition(".")
    source = "${" + name + "}"
    if dot:
        return scope.attribute(resource, attribute, source, call.span)
    return scope.reference(name, source, call.span)


def join(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Join``, by a delimiter that is written."""
    arguments = arguments_of(call)
    if len(arguments) != 2:
        return scope.refuse(call, "takes a delimiter and a list")
    delimiter = written_text(arguments[0])
    if delimiter is None:
        return scope.refuse(call, "takes a delimiter that is a text, no function")
    items = scope.value(arguments[1])
    if not isinstance(items, Known) or not isinstance(items.value, tuple):
        if items is None or (isinstance(items, Known) and is_written(arguments[1])):
            return scope.refuse(call, "takes a delimiter and a list")
        return unevaluated(scope, call, Known(delimiter), items)
    parts: list[CfnValue] = []
    for index, item in enumerate(items.value):
        parts.extend((Known(delimiter), item) if index else (item,))
    result = joined(scope.stack, tuple(parts), source(call), call.span)
    resolved = as_text(result)
    return scope.resolved(resolved, call.span) if resolved is not None else result


def if_(scope: Scope, call: Call) -> CfnValue:
    """``Fn::If``: where the condition is undecided, known only if both arms agree."""
    match call.argument:
        case SequenceNode(items=(ScalarNode(value=str(name)), then, otherwise)):
            pass
        case _:
            return scope.refuse(call, "takes the name of a condition and two values")
    if not scope.has_condition(name):
        scope.lost(call, f"`{name}` is not among the template's conditions")
    answer = scope.truth(name)
    if not isinstance(answer, Maybe):
        return scope.value(then if answer else otherwise)
    first = scope.under(name, True).value(then)
    second = scope.under(name, False).value(otherwise)
    if _agree(first, second):
        return first
    because = scope.because(name)
    named = Unknown(because.why, name, call.span, scope.identity(f"condition {name}"))
    result = derived(scope.stack, call.name, (named, first, second), source(call), call.span)
    return Unknown(result.why, result.source, result.at, result.of, cause=because.cause or because.of)


def _agree(first: CfnValue, second: CfnValue) -> bool:
    if isinstance(first, Unknown) and isinstance(second, Unknown):
        return first.of is not None and not first.of.many and first.of == second.of
    return first == second and not any(unknowns((first,)))


def import_value(scope: Scope, call: Call) -> CfnValue:
    """``Fn::ImportValue``: unknown, and the same in every stack that imports the name."""
    resource = next((name for name, _ in references(call.argument) if scope.is_resource(name)), None)
    if resource is not None:
        return scope.refuse(call, f"cannot depend on a resource, here `{resource}`")
    name = scope.value(call.argument)
    text = as_text(name)
    if text is None:
        unknown = unevaluated(scope, call, name)
        return Unknown(Why.LOOKUP, unknown.source, unknown.at, unknown.of, unknown.cause)
    return Unknown(Why.LOOKUP, source(call), call.span, export_identity(text, scope.place))


def get_stack_output(scope: Scope, call: Call) -> CfnValue:
    """``Fn::GetStackOutput``: unknown, and the same wherever one output of one stack is asked for."""
    match call.argument:
        case MappingNode(entries=entries) if {"StackName", "OutputName"} <= set(entries):
            asked = {name: entry.value for name, entry in entries.items()}
        case _:
            return scope.refuse(call, "takes a mapping with `StackName` and `OutputName`")
    place = asked.get("Region")
    region = scope.value(place) if place is not None else scope.reference("AWS::Region", "AWS::Region", call.span)
    others = tuple(scope.value(asked[name]) for name in ("StackName", "OutputName", "RoleArn") if name in asked)
    return Unknown(Why.LOOKUP, source(call), call.span, computed(scope.stack, call.name, (*others, region)))


def base64_(scope: Scope, call: Call) -> CfnValue:
    """``Fn::Base64``."""
    value = scope.value(call.argument)
    text = as_text(value)
    if text is None:
        return unevaluated(scope, call, value)
    return Known(base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii"), call.span)


def to_json_string(scope: Scope, call: Call) -> CfnValue:
    """``Fn::ToJsonString`` of the language extensions."""
    if not scope.is_extended:
        return scope.refuse(call, "needs the transform AWS::LanguageExtensions")
    value = scope.value(call.argument)
    if value is None or any(unknowns((value,))):
        return unevaluated(scope, call, value)
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    return Known(text, call.span) if len(text) <= MAX_TEXT else Unknown(Why.UNSUPPORTED, source(call), call.span)


def condition_only(scope: Scope, call: Call) -> CfnValue:
    """A function that has a truth value, where a value of another kind is wanted."""
    return scope.refuse(call, "stands in the section `Conditions` only")


def rules_only(scope: Scope, call: Call) -> CfnValue:
    """A function of the section ``Rules``."""
    return scope.refuse(call, "stands in the section `Rules` only")


def _plain(value: CfnWritten) -> object:
    match value:
        case Known(value=tuple(items)):
            return [_plain(item) for item in items]
        case Known(value=dict(members)):
            return {key: _plain(member) for key, member in members.items()}
        case Known(value=scalar):
            return scalar
        case _:
            return None


INTRINSICS: Mapping[str, Intrinsic] = {
    "Ref": ref,
    "Fn::GetAtt": get_att,
    "Fn::Sub": sub,
    "Fn::Join": join,
    "Fn::Select": select,
    "Fn::Split": split,
    "Fn::Cidr": cidr,
    "Fn::If": if_,
    "Fn::FindInMap": find_in_map,
    "Fn::ImportValue": import_value,
    "Fn::Base64": base64_,
    "Fn::GetAZs": get_azs,
    "Fn::GetStackOutput": get_stack_output,
    "Fn::Length": length,
    "Fn::ToJsonString": to_json_string,
    **dict.fromkeys(("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals"), condition_only),
    **dict.fromkeys(
        (
            "Fn::Contains",
            "Fn::EachMemberEquals",
            "Fn::EachMemberIn",
            "Fn::RefAll",
            "Fn::ValueOf",
            "Fn::ValueOfAll",
        ),
        rules_only,
    ),
}
