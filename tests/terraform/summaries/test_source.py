"""Which registry module a source is."""

from __future__ import annotations

import pytest

from peerlint.terraform.summaries.source import Named, registry_module

VPC = "terraform-aws-modules/vpc/aws"
SOURCES = [
    (VPC, Named(VPC)),
    (f"registry.terraform.io/{VPC}", Named(VPC)),
    (f"registry.opentofu.org/{VPC}", Named(VPC)),
    (f"{VPC}//modules/vpc-endpoints", Named(VPC, "modules/vpc-endpoints")),
    ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("git::https://github.com/terraform-aws-modules/terraform-aws-vpc?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("git::ssh://git@github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("git@github.com:terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("git::git@github.com:terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=v5.1.0", Named(VPC, "", "5.1.0")),
    ("github.com/terraform-aws-modules/terraform-aws-vpc.git?depth=1&ref=5.1.0", Named(VPC, "", "5.1.0")),
    (
        "github.com/cloudposse/terraform-aws-vpc-peering?ref=tags/0.11.0",
        Named("cloudposse/vpc-peering/aws", "", "0.11.0"),
    ),
    (
        "github.com/cloudposse/terraform-null-label//exports?ref=0.25.0",
        Named("cloudposse/label/null", "exports", "0.25.0"),
    ),
    ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=master", Named(VPC, "", "")),
    ("github.com/terraform-aws-modules/terraform-aws-vpc?ref=0123456", Named(VPC, "", "")),
    (
        "github.com/terraform-aws-modules/terraform-aws-vpc?ref=0123456789abcdef0123456789abcdef01234567",
        Named(VPC, "", "0123456789abcdef0123456789abcdef01234567"),
    ),
    ("github.com/terraform-aws-modules/terraform-aws-vpc", Named(VPC, "", "")),
]


@pytest.mark.parametrize(("source", "named"), SOURCES)
def test_a_source_names_a_module(source: str, named: Named) -> None:
    assert registry_module(source) == named


@pytest.mark.parametrize(
    "source",
    [
        "./modules/vpc",
        "../terraform-aws-modules/vpc/aws",
        "modules/vpc",
        f"app.terraform.io/{VPC}",
        f"git::https://gitlab.com/{VPC}",
        "git::https://github.com.example.org/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0",
        "https://example.org/terraform-aws-vpc.zip",
        "github.com/terraform-aws-modules/vpc?ref=v5.1.0",
        "s3::https://s3-eu-west-1.amazonaws.com/modules/vpc.zip",
    ],
)
def test_any_other_source_names_none(source: str) -> None:
    assert registry_module(source) is None
