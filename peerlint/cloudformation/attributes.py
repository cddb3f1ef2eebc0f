"""What ``Fn::GetAtt`` returns, for the resource types whose attributes matter to a network.

From the "Return values" of each type's page in
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html.
"""

from __future__ import annotations

OWN_ID = {
    "AWS::EC2::EgressOnlyInternetGateway": frozenset({"Id"}),
    "AWS::EC2::InternetGateway": frozenset({"InternetGatewayId"}),
    "AWS::EC2::NatGateway": frozenset({"NatGatewayId"}),
    "AWS::EC2::NetworkAcl": frozenset({"Id"}),
    "AWS::EC2::PrefixList": frozenset({"PrefixListId"}),
    "AWS::EC2::RouteTable": frozenset({"RouteTableId"}),
    "AWS::EC2::SecurityGroup": frozenset({"GroupId", "Id"}),
    "AWS::EC2::Subnet": frozenset({"SubnetId"}),
    "AWS::EC2::TransitGateway": frozenset({"Id"}),
    "AWS::EC2::TransitGatewayAttachment": frozenset({"Id"}),
    "AWS::EC2::TransitGatewayVpcAttachment": frozenset({"Id"}),
    "AWS::EC2::VPC": frozenset({"VpcId"}),
    "AWS::EC2::VPCEndpoint": frozenset({"Id"}),
    "AWS::EC2::VPCPeeringConnection": frozenset({"Id"}),
    "AWS::EC2::VPNConnection": frozenset({"VpnConnectionId"}),
    "AWS::EC2::VPNGateway": frozenset({"VPNGatewayId"}),
    "AWS::Route53::HostedZone": frozenset({"Id"}),
}
"""The attributes that are the resource's own id, which ``Ref`` returns as well."""

CONFIGURED = {
    "AWS::EC2::VPC": frozenset({"CidrBlock"}),
    "AWS::EC2::Subnet": frozenset({"VpcId", "CidrBlock", "Ipv6CidrBlock", "AvailabilityZone"}),
    "AWS::EC2::SecurityGroup": frozenset({"VpcId", "GroupName"}),
}
"""The attributes that return the property of the same name, where it is written."""

OF_SUBNET = {
    "AWS::EC2::Instance": frozenset({"VpcId", "AvailabilityZone"}),
    "AWS::EC2::NetworkInterface": frozenset({"VpcId"}),
}
"""The attributes that are those of the subnet which the property ``SubnetId`` names."""

OWN_ACCOUNT = {"AWS::EC2::PrefixList": "OwnerId"}
"""The attribute that is the account of the stack."""

DEFAULTS = ("DefaultSecurityGroup", "DefaultNetworkAcl")
"""The attributes of a VPC that are the ids of what AWS makes with it."""

NESTED_STACKS = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""The resources that are stacks of their own, and the property that says where their template is."""

STACK_SET = "AWS::CloudFormation::StackSet"
TEMPLATED = {**NESTED_STACKS, STACK_SET: "TemplateURL"}
"""Those and the one that is several stacks of one template."""

VPC = "AWS::EC2::VPC"
VPC_BLOCK = "AWS::EC2::VPCCidrBlock"
SUBNET = "AWS::EC2::Subnet"
SUBNET_BLOCK = "AWS::EC2::SubnetCidrBlock"
