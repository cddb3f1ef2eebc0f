"""The stand-in providers as servers of this process, which Terraform attaches to instead of starting plug-ins."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import grpc
from tf.gen import tfplugin_pb2_grpc

from tests.oracle.provider.schema import ProviderSchema
from tests.oracle.provider.servicer import StandIn
from tests.oracle.provider.world import World


@contextmanager
def serving(providers: Mapping[str, ProviderSchema], world: World) -> Iterator[Mapping[str, str]]:
    """Serve providers, by their source address, in one world.

    Yields the environment in which Terraform attaches to them
    (https://developer.hashicorp.com/terraform/plugin/debugging).
    """
    servers = {}
    reattach = {}
    try:
        for address, schema in providers.items():
            server = grpc.server(ThreadPoolExecutor(max_workers=8))
            tfplugin_pb2_grpc.add_ProviderServicer_to_server(StandIn(schema, world), server)
            port = server.add_insecure_port("127.0.0.1:0")
            server.start()
            servers[address] = server
            reattach[address] = {
                "Protocol": "grpc",
                "ProtocolVersion": 6,
                "Pid": os.getpid(),
                "Test": True,
                "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
            }
        yield {"TF_REATTACH_PROVIDERS": json.dumps(reattach)}
    finally:
        for server in servers.values():
            server.stop(None).wait()
