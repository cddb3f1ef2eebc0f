"""A provider of the Terraform plug-in protocol that talks to nothing: it plans as AWS's does, and makes up the rest.

https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
"""

from __future__ import annotations

import json
from typing import Any

from tf.gen import tfplugin_pb2 as pb
from tf.types import Unknown
from tf.utils import read_dynamic_value, to_dynamic_value

from peerlint.terraform.types import STRING, ListType
from tests.oracle.provider.facts import LOOKED_UP, MADE, Connection
from tests.oracle.provider.schema import Attribute, Block, ProviderSchema, encoded
from tests.oracle.provider.world import Object, World, is_unknown

META = Block({"user_agent": Attribute(ListType(STRING), optional=True)})
"""What a module may tell a provider about itself (``provider_meta``)."""


class StandIn:
    """One provider in one world. A connection to it is one provider configuration.

    It asks for the legacy type system, as AWS's does: Terraform then tolerates that attributes which may be written as
    blocks are not planned exactly.
    """

    def __init__(self, schema: ProviderSchema, world: World) -> None:
        """A provider to which nobody has connected yet."""
        self._schema = schema
        self._world = world
        self._connections: dict[str, Connection] = {}

    def _connection(self, context: Any) -> Connection:
        return self._connections.setdefault(context.peer(), Connection(self._world, {}))

    # --- Schemas and validation ----------------------------------------------------------------------------------

    def GetMetadata(self, request: Any, context: Any) -> Any:
        """What it has, without the schemas."""
        names = pb.GetMetadata
        return pb.GetMetadata.Response(
            server_capabilities=pb.ServerCapabilities(get_provider_schema_optional=True),
            resources=[names.ResourceMetadata(type_name=type) for type in self._schema.resources],
            data_sources=[names.DataSourceMetadata(type_name=type) for type in self._schema.data],
        )

    def GetProviderSchema(self, request: Any, context: Any) -> Any:
        """All schemas."""
        return pb.GetProviderSchema.Response(
            provider=encoded(self._schema.provider),
            provider_meta=encoded(META),
            resource_schemas={type: encoded(block) for type, block in self._schema.resources.items()},
            data_source_schemas={type: encoded(block) for type, block in self._schema.data.items()},
            server_capabilities=pb.ServerCapabilities(get_provider_schema_optional=True),
        )

    def ValidateProviderConfig(self, request: Any, context: Any) -> Any:
        """Whatever fits the schema is valid."""
        return pb.ValidateProviderConfig.Response()

    def ValidateResourceConfig(self, request: Any, context: Any) -> Any:
        """A value for an attribute that is only computed is an error."""
        block = self._schema.resources[request.type_name]
        return pb.ValidateResourceConfig.Response(diagnostics=_read_only(block, read_dynamic_value(request.config)))

    def ValidateDataResourceConfig(self, request: Any, context: Any) -> Any:
        """A value for an attribute that is only computed is an error."""
        block = self._schema.data[request.type_name]
        return pb.ValidateDataResourceConfig.Response(diagnostics=_read_only(block, read_dynamic_value(request.config)))

    def ConfigureProvider(self, request: Any, context: Any) -> Any:
        """Remember the configuration of this connection."""
        self._connections[context.peer()] = Connection(self._world, read_dynamic_value(request.config) or {})
        return pb.ConfigureProvider.Response()

    # --- Resources and data sources --------------------------------------------------------------------------------

    def PlanResourceChange(self, request: Any, context: Any) -> Any:
        """A new resource as configured, with what is computed unknown, and in the provider's Region."""
        proposed, prior = read_dynamic_value(request.proposed_new_state), read_dynamic_value(request.prior_state)
        if proposed is not None and prior is None:
            block = self._schema.resources[request.type_name]
            proposed = _planned(block, proposed)
            region = self._connection(context).configuration.get("region")
            if _is_regional(block) and region is not None and proposed["region"] is Unknown:
                proposed["region"] = region
        return pb.PlanResourceChange.Response(planned_state=to_dynamic_value(proposed), legacy_type_system=True)

    def ApplyResourceChange(self, request: Any, context: Any) -> Any:
        """The resource with everything unknown made up, as AWS would."""
        planned = read_dynamic_value(request.planned_state)
        if planned is None:
            return pb.ApplyResourceChange.Response()
        type, connection = request.type_name, self._connection(context)
        open_names = {name for name, value in planned.items() if is_unknown(value)}
        seed = (type, next(self._world.serial))
        made = self._filled(self._schema.resources[type], planned, seed)
        if "tags_all" in open_names:
            made["tags_all"] = connection.all_tags(made.get("tags"))
        place: Object = {"owner_id": connection.account, "region": connection.region}
        regional = _is_regional(self._schema.resources[type])
        made |= {name: value for name, value in place.items() if regional and name in open_names}
        answers = MADE[type](made, connection) if type in MADE else {}
        made |= {name: value for name, value in answers.items() if name in open_names}
        self._world.made[type, str(made.get("id"))] = made
        return pb.ApplyResourceChange.Response(new_state=to_dynamic_value(made), legacy_type_system=True)

    def ReadDataSource(self, request: Any, context: Any) -> Any:
        """What a look-up finds: the same for the same question, and another thing in another world."""
        type, connection = request.type_name, self._connection(context)
        config = read_dynamic_value(request.config)
        block = self._schema.data[type]
        asked = json.dumps(config, sort_keys=True, default=str)
        found = self._filled(block, _planned(block, config), (type, asked, connection.region, connection.account))
        open_names = {name for name, value in config.items() if value is None}
        found |= {"region": connection.region} if _is_regional(block) and "region" in open_names else {}
        answers = LOOKED_UP[type](config, connection, found) if type in LOOKED_UP else {}
        found |= {name: value for name, value in answers.items() if name in open_names}
        return pb.ReadDataSource.Response(state=to_dynamic_value(found))

    def _filled(self, block: Block, value: Object, seed: tuple[object, ...]) -> Object:
        return {name: self._world.filled(block.type_of(name), item, name, seed) for name, item in value.items()}

    # --- State -------------------------------------------------------------------------------------------------------

    def ReadResource(self, request: Any, context: Any) -> Any:
        """Nothing has changed since."""
        return pb.ReadResource.Response(new_state=request.current_state)

    def UpgradeResourceState(self, request: Any, context: Any) -> Any:
        """There is only one version of each schema."""
        state = json.loads(request.raw_state.json)
        return pb.UpgradeResourceState.Response(upgraded_state=pb.DynamicValue(json=json.dumps(state).encode()))

    def ImportResourceState(self, request: Any, context: Any) -> Any:
        """A resource that exists, of which only the id is known."""
        block = self._schema.resources[request.type_name]
        state: Object = dict.fromkeys(block.attributes)
        state |= {name: None if nested.nesting == "single" else [] for name, nested in block.blocks.items()}
        state["id"] = request.id
        imported = pb.ImportResourceState.ImportedResource(type_name=request.type_name, state=to_dynamic_value(state))
        return pb.ImportResourceState.Response(imported_resources=[imported])

    def MoveResourceState(self, request: Any, context: Any) -> Any:
        """State of another type is not taken over."""
        diagnostic = pb.Diagnostic(severity=pb.Diagnostic.ERROR, summary="not supported by the stand-in")
        return pb.MoveResourceState.Response(diagnostics=[diagnostic])

    # --- The rest of the protocol ------------------------------------------------------------------------------------

    def GetFunctions(self, request: Any, context: Any) -> Any:
        """It has no functions."""
        return pb.GetFunctions.Response()

    def CallFunction(self, request: Any, context: Any) -> Any:
        """It has no functions."""
        return pb.CallFunction.Response(error=pb.FunctionError(text="not supported by the stand-in"))

    def StopProvider(self, request: Any, context: Any) -> Any:
        """There is nothing to stop."""
        return pb.StopProvider.Response()


def _is_regional(block: Block) -> bool:
    """Whether it has the Region that it lives in."""
    return "region" in block.attributes and block.attributes["region"].type == STRING


def _read_only(block: Block, config: Object) -> list[Any]:
    return [
        pb.Diagnostic(severity=pb.Diagnostic.ERROR, summary=f"`{name}` is computed and cannot be set")
        for name, attribute in block.attributes.items()
        if attribute.computed and not attribute.optional and config.get(name) is not None
    ]


def _planned(block: Block, proposed: Object) -> Object:
    """A new object with every computed attribute that is not configured unknown, in nested blocks as well."""
    planned: Object = {}
    for name, value in proposed.items():
        if name in block.blocks:
            planned[name] = _planned_block(block.blocks[name].content, value)
        else:
            planned[name] = Unknown if value is None and block.attributes[name].computed else value
    return planned


def _planned_block(content: Block, value: Any) -> Any:
    match value:
        case list():
            return [_planned_block(content, item) for item in value]
        case dict():
            return _planned(content, value)
    return value
