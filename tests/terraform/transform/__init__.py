"""Source-to-source transformations that change nothing of what a configuration says.

Each takes a folder's texts and gives those of another folder, or ``None`` where there is nothing in it to transform.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.terraform.transform import counts, files, json_form, move, names, values
from tests.terraform.transform.source import Folder

TRANSFORMATIONS: Mapping[str, Callable[[Folder], Folder | None]] = {
    "one block per file": files.one_block_per_file,
    "one file": files.one_file,
    "OpenTofu's suffix": files.tofu,
    "blocks reversed": files.blocks_reversed,
    "attributes reversed": files.attributes_reversed,
    "JSON syntax": json_form.json_syntax,
    "resources renamed": names.renamed,
    "everything in a module": move.everything,
    "some resources in a module": move.some,
    "for_each for count": counts.for_each,
    "variables with defaults": values.variables_with_defaults,
    "values of var files": values.values_of_var_files,
    "local values": values.local_values,
    "variables inlined": values.inlined,
}
"""Every transformation, by what it makes of a configuration."""
