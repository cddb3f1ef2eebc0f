"""What a root makes that has security groups which it does not declare, or has the default group of its VPC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from peerlint.network.model import Gap, Kind
from peerlint.terraform.ast import Block, Body
from peerlint.terraform.instance import ModuleInstance

MAKERS = frozenset(
    {
        "aws_directory_service_directory",
        "aws_elastic_beanstalk_environment",
        "aws_eks_cluster",
        "aws_emr_cluster",
        "aws_sagemaker_domain",
        "aws_workspaces_directory",
        "awscc_eks_cluster",
        "helm_release",
        "kubectl_manifest",
        "kubernetes_manifest",
    }
)
"""Services that make groups of their own: that of a cluster, of a directory, of the load balancers of a cluster
(https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html,
https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started.html)."""

CHOOSERS: Mapping[str, tuple[str, ...]] = {
    "aws_instance": ("vpc_security_group_ids", "security_groups", "network_interface", "launch_template"),
    "aws_network_interface": ("security_groups",),
    "aws_launch_template": ("vpc_security_group_ids", "security_group_names", "network_interfaces"),
    "aws_db_instance": ("vpc_security_group_ids", "replicate_source_db"),
    "aws_rds_cluster": ("vpc_security_group_ids",),
    "aws_elasticache_cluster": ("security_group_ids", "replication_group_id"),
    "aws_elasticache_replication_group": ("security_group_ids",),
    "aws_efs_mount_target": ("security_groups",),
    "aws_alb": ("security_groups",),
    "aws_lb": ("security_groups",),
    "aws_elb": ("security_groups",),
    "aws_db_proxy": ("vpc_security_group_ids",),
    "aws_docdb_cluster": ("vpc_security_group_ids",),
    "aws_neptune_cluster": ("vpc_security_group_ids",),
    "aws_redshift_cluster": ("vpc_security_group_ids",),
    "aws_memorydb_cluster": ("security_group_ids",),
    "aws_mq_broker": ("security_groups",),
    "aws_spot_instance_request": ("vpc_security_group_ids", "security_groups", "network_interface", "launch_template"),
}
"""What gets the default group of its VPC unless one of these arguments or blocks gives it others; a Network Load
Balancer has none then, and lets everything pass (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html,
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html)."""


def group_makers(modules: Iterable[ModuleInstance]) -> Iterator[Gap]:
    """Why a root's VPCs may have more security groups in use than it declares."""
    for module in modules:
        for (type, name), block in module.site.config.resources.items():
            address = module.site.prefixed(f"{type}.{name}")
            reason = _reason(type, address, block)
            if reason is not None:
                yield Gap(module.site.root.stack, frozenset({Kind.GROUP}), reason, block.header)


def _reason(type: str, address: str, block: Block) -> str | None:
    if type in MAKERS:
        return f"`{address}` makes security groups of its own"
    body = block.read() if type in CHOOSERS else None
    if body is not None and not _gives(body, CHOOSERS[type]):
        return f"`{address}` is given no security group, and has the default one of its VPC, or none"
    return None


def _gives(body: Body, names: Iterable[str]) -> bool:
    inner = {each.labels[0] if each.type == "dynamic" and each.labels else each.type for each in body.blocks}
    return any(name in body.attributes or name in inner for name in names)
