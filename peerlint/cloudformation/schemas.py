"""Which attributes the resource types of EC2 have, by the schemas of the service that cfn-lint carries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

_REGION = "us-east-1"
"""The Region where every resource type is."""


def lacks_attribute(kind: str, attribute: str) -> bool:
    """Whether ``Fn::GetAtt`` of a resource of this type certainly has no such attribute. Only EC2's are known."""
    if not kind.startswith("AWS::EC2::"):
        return False
    try:
        known: Iterable[str] = PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, kind).get_atts
    except ResourceNotFoundError:
        return False
    return not any(re.fullmatch(pattern, attribute) for pattern in known)
