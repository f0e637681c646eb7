"""Lists of paths that are facts already: ARM and AWS Config."""

import json

from tree import Tree


def extract(file, wanted):
    """Type name -> tree, from a JSON object of type name to a list of paths, or to {apiVersion, paths}; and type name -> API version."""
    with open(file, encoding="utf-8") as text:
        facts = json.load(text)
    trees, versions = {}, {}
    for name in wanted & facts.keys():
        paths = facts[name]
        if isinstance(paths, dict):
            versions[name] = paths["apiVersion"]
            paths = paths["paths"]
        trees[name] = tree_of(paths)
    return trees, versions


def tree_of(paths):
    root = Tree()
    for path in paths:
        at = root
        for step in path.split("."):
            name = step.replace("[*]", "")
            arrays = step.count("[*]")
            below = at.members.get(name)
            if below is None:
                below = at.members[name] = Tree("any")
            below.arrays = max(below.arrays, arrays)
            at.kind = "object"
            at = below
    return root
