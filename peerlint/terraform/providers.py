"""Provider configurations: which Region and account a resource lives in.

The awscc provider has a configuration of its own, with ``assume_role`` as an attribute
(https://registry.terraform.io/providers/hashicorp/awscc/latest/docs).

https://developer.hashicorp.com/terraform/language/providers/configuration and, for credentials,
https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration.
"""

from __future__ import annotations

import re

from msgspec import Struct

from peerlint.network.model import Place
from peerlint.network.values import Identity, Known, Span, Step, Unknown, Why, Written
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.arguments import Arguments, evaluated
from peerlint.terraform.ast import Block, Body, Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.declaration import BlockArguments
from peerlint.terraform.expansion import expand
from peerlint.terraform.identity import canonical
from peerlint.terraform.scope import Scope
from peerlint.terraform.site import Site
from peerlint.terraform.syntax import reference
from peerlint.terraform.values import TfValue

KEYED = re.compile(r'([^\["]+)\["([^"]*)"\]')
"""A provider configuration with the key of one of its instances."""

ROLE_ACCOUNT = re.compile(r"\Aarn:aws[\w-]*:(?:iam|sts)::(\d{12}):")
CREDENTIALS = (
    "profile",
    "access_key",
    "secret_key",
    "shared_config_files",
    "shared_credentials_file",
    "shared_credentials_files",
    "token",
)

AWS = frozenset({"provider.aws", "provider.awscc"})
"""The default configurations of the AWS providers."""

ENVIRONMENT = ("provider.aws", "the credentials")
"""What a Region and an account belong to that no block writes: both providers leave them to the AWS SDK, which takes
them from the environment and the shared configuration.
"""


class Provider(Struct, frozen=True):
    """A resolved provider configuration; ``arguments`` are those of its block, where it has one."""

    address: str
    place: Place
    arguments: BlockArguments | None = None


def provider_of(address: str, stack: str, arguments: BlockArguments | None, certain: bool) -> Provider:
    """The configuration that a ``provider`` block makes. Without a block (``arguments=None``) it is the default one,
    or, where ``certain`` is false, one that the caller of the module passes in.
    """
    if arguments is None:
        owners = ENVIRONMENT if address in AWS else (address, address)
        if not certain:
            owners = (f"{address} (passed in)", f"{address} (passed in)")
        return Provider(address, Place(_nothing(stack, owners[0], "region"), _nothing(stack, owners[1], "account")))
    credentials = _credentials(arguments, stack) or address
    region = _text(arguments, "region") or _nothing(stack, _settings_name(arguments, stack), "region")
    if isinstance(region, Unknown) and region.of is None:
        region = replace(region, of=Identity(stack, address, "region"))
    account = _account(address, arguments) or _nothing(stack, credentials, "account")
    place = Place(_told(region, f"{address} is in ", arguments.place("region")), account)
    return Provider(address, place, arguments)


def _told(value: Written[str], said: str, at: Span | None) -> Written[str]:
    """A value whose way begins at a provider's argument, which no resource names."""
    if at is None or not isinstance(value, Known):
        return value
    step, rest = Step(f"{said}{value.value}", at), value.trail
    return replace(value, trail=lambda: (step, *(rest() if rest is not None else ())))


def _nothing(stack: str, owner: str, attribute: str) -> Unknown:
    return Unknown(Why.VARIABLE, f"{owner}.{attribute}", of=Identity(stack, owner, attribute))


def _settings_name(arguments: BlockArguments, stack: str) -> str:
    """Where a configuration without ``region`` takes it from: the environment, or its profile."""
    profile = arguments.get("profile")
    return ENVIRONMENT[0] if profile is None else f"profile {canonical(profile, stack)}"


def _text(arguments: BlockArguments, name: str) -> Written[str] | None:
    return _as_text(arguments.get(name), arguments, name)


def _as_text(value: TfValue | None, arguments: BlockArguments, name: str) -> Written[str] | None:
    match value:
        case Known(value=str() as text, at=at) if text:
            return Known(text, at, arguments.trail(name, at))
        case Unknown():
            return value
        case _:
            return None


def _account(address: str, arguments: BlockArguments) -> Written[str] | None:
    """The account that the configuration proves: by the ARN of the last role that it assumes, or as the only allowed
    one. Roles are assumed one after the other.
    """
    for role in arguments.blocks("assume_role")[-1:]:
        match role.get("role_arn"):
            case Known(value=str() as arn, at=at) if role.presence.doubt is None and (found := ROLE_ACCOUNT.match(arn)):
                account = Known(found.group(1), at, role.trail("role_arn", at))
                return _told(account, f"{address} is in the account ", role.place("role_arn"))
    match arguments.get("allowed_account_ids"):
        case Known(value=(tuple() as items)) if len(items) == 1:
            only = _as_text(items[0], arguments, "allowed_account_ids")
            at = arguments.place("allowed_account_ids")
            return _told(only, f"{address} is in the account ", at) if only is not None else None
    return None


def _credentials(arguments: BlockArguments, stack: str) -> str | None:
    """What the credentials are made of, as text: two configurations with the same ones are in one account.

    ``None`` where a part of them cannot be told apart from others.
    """
    parts = [(name, value) for name in CREDENTIALS if (value := arguments.get(name)) is not None]
    for block in ("assume_role", "assume_role_with_web_identity"):
        for role in arguments.blocks(block):
            parts.append(("role", role.get("role_arn") or Known(None)))
            if role.presence.doubt is not None:
                return None
    texts = [(name, canonical(value, stack)) for name, value in parts]
    if any(text is None for _, text in texts):
        return None
    return " ".join([ENVIRONMENT[1], *(f"{name} {text}" for name, text in texts)])


def provider_name(expr: Expr | None, type: str, scope: Scope) -> str:
    """The configuration that a resource names (``aws.peer``), or the default one of its type's provider."""
    return reference_name(expr, scope) if expr is not None else type.split("_", 1)[0]


def reference_name(expr: Expr, scope: Scope) -> str:
    """``aws.peer`` out of a reference, or of the string that 0.11 writes; ``aws.peer["eu"]`` with a known key."""
    if isinstance(expr, ast.Literal) and isinstance(expr.value, str):
        parsed = reference(expr.value)
        return render(parsed) if parsed is not None else expr.value
    if isinstance(expr, ast.Index):
        key = evaluated(expr.key, scope)
        if isinstance(key, Known) and isinstance(key.value, str):
            return f'{render(expr.target)}["{key.value}"]'
    return render(expr)


def passed_name(expr: Expr | None, name: str, scope: Scope) -> str | None:
    """What a module calls ``name``, in its caller: by the call's ``providers`` map, or, for a default one, the same."""
    if isinstance(expr, ast.Object):
        for key, value in expr.items:
            if reference_name(key, scope) == name:
                return reference_name(value, scope)
    return name if "." not in name else None


def _says(provider: Body) -> bool:
    """Whether a provider's block says more than its alias."""
    return bool(set(provider.attributes) - {"alias", "version"}) or bool(provider.blocks)


def _is_untold(provider: Body) -> bool:
    """Whether the alias cannot be read."""
    alias = provider.attributes.get("alias")
    return alias is not None and isinstance(alias.expr, ast.Unreadable)


def _untold(name: str) -> Provider:
    """A configuration of which nothing is known."""
    nothing = Unknown(Why.UNSUPPORTED, f"provider {name}")
    return Provider(name, Place(nothing, nothing))


class Providers:
    """The provider configurations that one module instance can name."""

    __slots__ = ("_caller", "_known", "_resolving", "_scope", "_site")

    def __init__(self, site: Site, scope: Scope, caller: Providers | None) -> None:
        """The configurations of a module, of which none is resolved yet; ``caller`` are those of its caller."""
        self._site = site
        self._scope = scope
        self._caller = caller
        self._known: dict[str, Provider] = {}
        self._resolving: set[str] = set()

    def of(self, type: str, arguments: Arguments) -> Provider:
        """The configuration that a resource is made with."""
        return self.resolve(provider_name(arguments.expression("provider"), type, arguments.scope))

    def place_of(self, type: str, arguments: Arguments) -> Place:
        """The Region and account of a resource: its own ``region`` argument wins over its provider's."""
        place = self.resolve(provider_name(arguments.expression("provider"), type, arguments.scope)).place
        match arguments.get("region"):
            case Unknown() as own:
                return replace(place, region=own)
            case Known(value=str() as region, at=at):
                return replace(place, region=Known(region, at, arguments.trail("region", at)))
            case _:
                return place

    def resolve(self, name: str) -> Provider:
        """The configuration behind a provider's name: this module's own, else what its caller passes."""
        if "[" in name and KEYED.fullmatch(name) is None:
            return _untold(name)
        if name not in self._known:
            marker = f"provider.{name}"
            if marker in self._resolving:
                return provider_of(marker, self._site.root.stack, None, certain=False)
            self._resolving.add(marker)
            try:
                self._known[name] = self._own_provider(name) or self._passed_provider(name)
            finally:
                self._resolving.discard(marker)
        return self._known[name]

    def _own_provider(self, name: str) -> Provider | None:
        keyed = KEYED.fullmatch(name)
        wanted = keyed[1] if keyed is not None else name
        for block in self._site.config.providers:
            body = block.read()
            if body is None or _is_untold(body):
                if block.labels[0] == wanted.partition(".")[0]:
                    return _untold(name)
                continue
            alias = body.attributes.get("alias")
            suffix = f".{alias.expr.value}" if alias is not None and isinstance(alias.expr, ast.Literal) else ""
            own = _says(body) or (self._site.caller is None and not self._is_to_be_called())
            if block.labels[0] + suffix == wanted and own:
                scope = self._scope if keyed is None else self._instance(block, keyed[2])
                arguments = Arguments(body, scope, block.header) if scope is not None else None
                stack, address = self._site.root.stack, f"provider.{self._site.prefixed(name)}"
                return provider_of(address, stack, arguments, certain=True)
        return None

    def _is_to_be_called(self) -> bool:
        """Whether a module declares, as 0.11 did, the providers that its callers pass in, and configures none itself
        (https://developer.hashicorp.com/terraform/language/modules/develop/providers#legacy-shared-modules-with-provider-configurations).
        """
        bodies = [body for block in self._site.config.providers if (body := block.read()) is not None]
        return not any(map(_says, bodies)) and all("alias" in body.attributes for body in bodies)

    def _instance(self, block: Block, key: str) -> Scope | None:
        """The scope of one of OpenTofu's provider instances (https://opentofu.org/docs/language/providers/configuration/);
        ``None`` where its ``for_each`` does not tell that there is one.
        """
        item = next((item for item in expand(block, self._scope).items if item.key == key), None)
        return item.scope(self._scope) if item is not None else None

    def _passed_provider(self, name: str) -> Provider:
        if self._site.caller is None or self._caller is None:
            return provider_of(f"provider.{name}", self._site.root.stack, None, certain="." not in name)
        passing = self._site.caller[0].body.attributes.get("providers")
        if passing is not None and isinstance(passing.expr, ast.Unreadable):
            evaluated(passing.expr, self._scope)
            return _untold(name)
        named = passed_name(passing.expr if passing is not None else None, name, self._site.caller[1])
        if named is None:
            return provider_of(f"provider.{self._site.prefixed(name)}", self._site.root.stack, None, certain=False)
        return self._caller.resolve(named)
