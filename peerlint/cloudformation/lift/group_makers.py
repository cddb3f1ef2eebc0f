"""What a template makes that has security groups which it does not declare, or has the default group of its VPC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerlint.cloudformation.lift.item import Stack
from peerlint.cloudformation.template import Resource
from peerlint.network.model import Gap, Kind

MAKERS = frozenset(
    {
        "AWS::DirectoryService::MicrosoftAD",
        "AWS::DirectoryService::SimpleAD",
        "AWS::EKS::Cluster",
        "AWS::ElasticBeanstalk::Environment",
        "AWS::EMR::Cluster",
        "AWS::SageMaker::Domain",
        "AWS::WorkSpaces::Workspace",
    }
)
"""Services that make groups of their own: that of a cluster, of a directory, of the load balancers of a cluster
(https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html)."""

CHOOSERS: Mapping[str, tuple[str, ...]] = {
    "AWS::EC2::Instance": ("SecurityGroupIds", "SecurityGroups", "NetworkInterfaces", "LaunchTemplate"),
    "AWS::EC2::NetworkInterface": ("GroupSet",),
    "AWS::RDS::DBInstance": (
        "VPCSecurityGroups",
        "DBSecurityGroups",
        "DBClusterIdentifier",
        "SourceDBInstanceIdentifier",
    ),
    "AWS::RDS::DBCluster": ("VpcSecurityGroupIds",),
    "AWS::RDS::DBProxy": ("VpcSecurityGroupIds",),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("SecurityGroups",),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("SecurityGroups",),
    "AWS::DocDB::DBCluster": ("VpcSecurityGroupIds",),
    "AWS::Neptune::DBCluster": ("VpcSecurityGroupIds",),
    "AWS::Redshift::Cluster": ("VpcSecurityGroupIds",),
    "AWS::MemoryDB::Cluster": ("SecurityGroupIds",),
    "AWS::AmazonMQ::Broker": ("SecurityGroups",),
}
"""What gets the default group of its VPC unless one of these properties gives it others; a Network Load Balancer has
none then, and lets everything pass (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html,
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html)."""


def unseen_groups(stack: Stack, resource: Resource) -> Iterator[Gap]:
    """Why the VPCs of a template may have more security groups in use than it declares."""
    reason = _reason(resource)
    if reason is not None:
        yield Gap(stack.name, frozenset({Kind.GROUP}), reason, resource.header)


def _reason(resource: Resource) -> str | None:
    if resource.type in MAKERS:
        return f"`{resource.name}` makes security groups of its own"
    names = CHOOSERS.get(resource.type)
    given = resource.properties
    if names is None or (given is not None and any(given.get(name) is not None for name in names)):
        return None
    return f"`{resource.name}` is given no security group, and has the default one of its VPC, or none"
