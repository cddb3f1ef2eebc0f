"""Which files are CloudFormation templates."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peerlint.cloudformation.recognise import bears_on_network, is_template, looks_like_template

YAML = b"Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n"
JSON = b'{"Resources":{"Vpc":{"Type":"AWS::EC2::VPC"}}}'


@pytest.mark.parametrize(
    "content",
    [
        YAML,
        JSON,
        b"  Resources:\n  Vpc:\n    Type: 'AWS::EC2::VPC'\n",
        b"AWSTemplateFormatVersion: 2010-09-09\nResources: {}\n",
        b'{\n  "AWSTemplateFormatVersion" : "2010-09-09",\n  "Resources" : {}\n}',
        b"Resources:\r\n  Peer:\r\n    Type: Custom::Peering\r\n",
        b"\xef\xbb\xbf" + YAML,
    ],
)
def test_templates_are_recognised(content: bytes) -> None:
    assert looks_like_template(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources: {}\n",
        b"on: push\njobs:\n  lint:\n    runs-on: ubuntu-latest\n",
        b'{"name": "web", "version": "1.0.0", "dependencies": {}}',
        b"Resources:\n  cpu: 2\n",
        b"Notes: the Resources section has AWS::EC2::VPC in it\n",
        b"Type: AWS::EC2::VPC\nProperties: {}\n",
    ],
)
def test_other_files_are_not(content: bytes) -> None:
    assert not looks_like_template(content)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    template = tmp_path / "vpc.yaml"
    template.write_bytes(YAML)
    os.mkfifo(tmp_path / "pipe.yaml")
    assert is_template(str(template))
    assert not is_template(str(tmp_path / "pipe.yaml"))
    assert not is_template(str(tmp_path))
    assert not is_template(str(tmp_path / "absent.yaml"))


def test_a_template_without_network_resources_need_not_be_decoded() -> None:
    assert bears_on_network(YAML)
    assert bears_on_network(b"Type: AWS::EC2::SecurityGroupIngress\n")
    assert bears_on_network(b"boto3.client('ec2').modify_vpc_peering_connection_options()")
    assert not bears_on_network(b"Resources:\n  B:\n    Type: AWS::S3::Bucket\n")
    assert not bears_on_network(b"Resources:\n  I:\n    Type: AWS::EC2::Instance\n")


def test_looking_does_not_import_cfn_lint(tmp_path: Path) -> None:
    (tmp_path / "bucket.yaml").write_text("Resources:\n  B:\n    Type: AWS::S3::Bucket\n")
    code = (
        "import sys; from peerlint.cloudformation import read, is_template, CloudFormationOptions as O\n"
        "assert is_template(sys.argv[1]); read(sys.argv[1], O())\n"
        "assert not [name for name in sys.modules if name.startswith(('cfnlint', 'yaml'))]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "bucket.yaml")], check=True)
