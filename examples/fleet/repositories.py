"""Makes repositories of an organisation: each with a VPC, each two of them peered, some wrong on purpose."""

from __future__ import annotations

from pathlib import Path

ACCOUNT = "111122223333"
NETWORK = """terraform {{
  required_providers {{
    aws = {{
      source = "hashicorp/aws"
    }}
  }}
}}

provider "aws" {{
  region              = "eu-west-1"
  allowed_account_ids = ["{account}"]
}}

resource "aws_vpc" "this" {{
  cidr_block           = "{own}"
  enable_dns_hostnames = true
  tags                 = {{ Name = "{name}" }}
}}

resource "aws_subnet" "this" {{
  vpc_id     = aws_vpc.this.id
  cidr_block = "{own}"
}}

resource "aws_route_table" "this" {{
  vpc_id = aws_vpc.this.id
}}

resource "aws_route_table_association" "this" {{
  subnet_id      = aws_subnet.this.id
  route_table_id = aws_route_table.this.id
}}

data "aws_vpc" "peer" {{
  tags = {{ Name = "{peer}" }}
}}
"""
REQUEST = """
resource "aws_vpc_peering_connection" "peer" {
  vpc_id      = aws_vpc.this.id
  peer_vpc_id = data.aws_vpc.peer.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}
"""
LOOKUP = """
data "aws_vpc_peering_connection" "peer" {
  vpc_id      = data.aws_vpc.peer.id
  peer_vpc_id = aws_vpc.this.id
}
"""
ROUTE = """
resource "aws_route" "peer" {{
  route_table_id            = aws_route_table.this.id
  destination_cidr_block    = "{theirs}"
  vpc_peering_connection_id = {connection}
}}
"""


def name_of(number: int) -> str:
    """What a repository, and its VPC, is called."""
    return f"team-{number:04}"


def overlaps(number: int) -> bool:
    """Whether both VPCs of a pair have one block (PL101)."""
    return number // 2 % 10 == 3


def has_no_way_back(number: int) -> bool:
    """Whether the VPC that is asked for the peering has no route to the other one (PL201)."""
    return number // 2 % 10 == 7


def block_of(number: int) -> str:
    """The block of a repository's VPC."""
    own = number - number % 2 if overlaps(number) else number
    return f"10.{own >> 6}.{(own & 63) << 2}.0/22"


def make(folder: Path, count: int) -> list[Path]:
    """Writes an even number of repositories below a folder, of which the second of each two asks for the peering."""
    return [_make(folder / name_of(number), number) for number in range(count)]


def _make(repository: Path, number: int) -> Path:
    asks = number % 2 == 1
    peer = number - 1 if asks else number + 1
    parts = [NETWORK.format(account=ACCOUNT, own=block_of(number), name=name_of(number), peer=name_of(peer))]
    parts.append(REQUEST if asks else LOOKUP)
    if asks or not has_no_way_back(number):
        connection = "aws_vpc_peering_connection.peer.id" if asks else "data.aws_vpc_peering_connection.peer.id"
        parts.append(ROUTE.format(theirs=block_of(peer), connection=connection))
    repository.mkdir(parents=True, exist_ok=True)
    (repository / "main.tf").write_text("".join(parts), encoding="utf-8")
    return repository
