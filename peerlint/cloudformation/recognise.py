"""Is a file a CloudFormation template? A look at its bytes, without parsing and without importing cfn-lint.

A template has a ``Resources`` section, and either ``AWSTemplateFormatVersion`` or a resource type; a Kubernetes
manifest, a workflow, a package file or a data file lacks the first or both
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html).
"""

from __future__ import annotations

import re

from peerlint import filesystem
from peerlint.cloudformation.syntax import MAX_BYTES

HEAD = 1 << 20
"""How many bytes are looked at: the service refuses templates of more than a megabyte."""

_RESOURCES = re.compile(rb"""(?:^|[\s{,"'\xbf])Resources["']?[ \t\r\n]*:""")
_FORMAT_VERSION = re.compile(rb"""(?:^|[\s{,"'\xbf])AWSTemplateFormatVersion["']?[ \t\r\n]*:""")
_TYPED = re.compile(
    rb"""(?:^|[\s{,"'\xbf])Type["']?[ \t\r\n]*:[ \t\r\n]*["']?(?:(?:AWS|Alexa)::[A-Za-z0-9]+::|Custom::)[A-Za-z0-9]"""
)
_NETWORK = re.compile(
    rb"""AWS::EC2::(?:
        VPC|VPCCidrBlock|VPCPeeringConnection|VPCGatewayAttachment|VPCEndpoint|
        Subnet|SubnetCidrBlock|SubnetRouteTableAssociation|SubnetNetworkAclAssociation|
        RouteTable|Route|GatewayRouteTableAssociation|PrefixList|
        SecurityGroup|SecurityGroupIngress|SecurityGroupEgress|SecurityGroupVpcAssociation|
        NetworkAcl|NetworkAclEntry|
        InternetGateway|EgressOnlyInternetGateway|NatGateway|VPNGateway|VPNConnectionRoute|VPNGatewayRoutePropagation|
        TransitGatewayAttachment|TransitGatewayVpcAttachment
    )(?![A-Za-z0-9])
    |AWS::(?:Route53::HostedZone|CloudFormation::Stack(?:Set)?|Serverless::Application|Include)(?![A-Za-z0-9])
    |AWS::SSM::Parameter(?![A-Za-z0-9:])
    |::MODULE(?![A-Za-z0-9])""",
    re.VERBOSE,
)
_NESTS = re.compile(rb"AWS::(?:CloudFormation::Stack(?:Set)?|Serverless::Application)(?![A-Za-z0-9])")
_DNS_CALL = re.compile(rb"modify[_-]?vpc[_-]?peering[_-]?connection[_-]?options", re.IGNORECASE)


def looks_like_template(head: bytes) -> bool:
    """Whether bytes from the beginning of a YAML or JSON file are a CloudFormation template's."""
    if b"Resources" not in head:
        return False
    return bool(_RESOURCES.search(head) and (_FORMAT_VERSION.search(head) or _TYPED.search(head)))


def bears_on_network(content: bytes) -> bool:
    """Whether a template's bytes name anything that the model is made of; where not, it need not be decoded."""
    return bool(_NETWORK.search(content) or _DNS_CALL.search(content))


def nests(content: bytes) -> bool:
    """Whether a template's bytes name a resource that is a stack of its own."""
    return bool(_NESTS.search(content))


def is_too_large(path: str) -> bool:
    """Whether a file is larger than any template is read, and so, where nobody named it, a file of data."""
    try:
        return filesystem.size(path) > MAX_BYTES
    except OSError:
        return False


def is_template(path: str) -> bool:
    """Whether the file is a CloudFormation template; false for what cannot be opened or is no regular file."""
    return looks_like_template(_head(path))


def nests_stacks(path: str) -> bool:
    """Whether the file is a template with a resource that is a stack of its own."""
    head = _head(path)
    return nests(head) and looks_like_template(head)


def _head(path: str) -> bytes:
    try:
        return filesystem.read(path, HEAD) if filesystem.is_file(path) else b""
    except (OSError, ValueError):
        return b""
