"""An account written by hand, and what the AWS CLI prints of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

OWNER, REGION = "111122223333", "eu-west-1"


def id_of(prefix: str, name: str) -> str:
    """The id of a thing: its name in hexadecimal digits."""
    return f"{prefix}-{name.encode().hex():0<17.17}"


@dataclass
class Account:
    """The records of each command, by the member that holds them."""

    owner: str = OWNER
    region: str = REGION
    documents: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"Vpcs": [], "Subnets": [], "RouteTables": [], "VpcPeeringConnections": []}
    )
    more: list[dict[str, Any]] = field(default_factory=list)

    def vpc(self, name: str, *cidrs: str, default: bool = False) -> str:
        """A VPC with one subnet and its main table; returns its id."""
        id = id_of("vpc", name)
        blocks = [{"CidrBlock": cidr, "CidrBlockState": {"State": "associated"}} for cidr in cidrs]
        self._add(
            "Vpcs",
            VpcId=id,
            CidrBlock=cidrs[0],
            CidrBlockAssociationSet=blocks,
            IsDefault=default,
            OwnerId=self.owner,
            Tags=[{"Key": "Name", "Value": name}],
        )
        self.subnet(name, id)
        self._add(
            "RouteTables",
            RouteTableId=id_of("rtb", name),
            VpcId=id,
            OwnerId=self.owner,
            Associations=[{"Main": True}],
            Routes=[{"DestinationCidrBlock": cidr, "GatewayId": "local", "State": "active"} for cidr in cidrs],
        )
        return id

    def subnet(self, name: str, vpc: str) -> str:
        """A subnet of a VPC; returns its id."""
        id = id_of("subnet", name)
        arn = f"arn:aws:ec2:{self.region}:{self.owner}:subnet/{id}"
        self._add("Subnets", SubnetId=id, VpcId=vpc, AvailabilityZone=f"{self.region}a", SubnetArn=arn)
        return id

    def route(self, name: str, cidr: str, pcx: str, state: str = "active") -> None:
        """A route of the main table of the VPC of this name."""
        table = next(t for t in self.documents["RouteTables"] if t["RouteTableId"] == id_of("rtb", name))
        table["Routes"].append({"DestinationCidrBlock": cidr, "VpcPeeringConnectionId": pcx, "State": state})

    def peering(self, left: str, right: str, status: str = "active", dns: bool = True) -> str:
        """A connection between the VPCs of these names; returns its id."""
        id = id_of("pcx", left[:4] + right[:4])
        self._add(
            "VpcPeeringConnections",
            VpcPeeringConnectionId=id,
            RequesterVpcInfo=self._end(left, dns),
            AccepterVpcInfo=self._end(right, dns),
            Status={"Code": status, "Message": ""},
        )
        return id

    def _end(self, name: str, dns: bool) -> dict[str, Any]:
        vpc = next(v for v in self.documents["Vpcs"] if v["VpcId"] == id_of("vpc", name))
        return {
            "VpcId": vpc["VpcId"],
            "OwnerId": self.owner,
            "Region": self.region,
            "CidrBlock": vpc["CidrBlock"],
            "CidrBlockSet": [{"CidrBlock": block["CidrBlock"]} for block in vpc["CidrBlockAssociationSet"]],
            "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": dns},
        }

    def _add(self, member: str, **record: Any) -> None:
        self.documents[member].append(record)

    def text(self, *left_out: str) -> str:
        """Everything, one document after the other, as the CLI prints it; without some members."""
        documents = [{member: records} for member, records in self.documents.items() if member not in left_out]
        return "\n".join(json.dumps(document, indent=4) for document in (*documents, *self.more))
