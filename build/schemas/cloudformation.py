"""CloudFormation resource schemas, from the wheel of cfn-lint."""

import json
import zipfile

from tree import Tree

KINDS = {"boolean": "bool", "integer": "number", "number": "number", "string": "text"}
# A definition may stand inside itself once: a rule's statement holds statements, and facts go one level into them.
REPEATS = 2
DEEPEST = 12


def extract(wheel, wanted):
    """(type name -> tree of what stands inside Properties, date of the schemas)."""
    trees = {}
    with zipfile.ZipFile(wheel) as files:
        date = json.loads(files.read("cfnlint/data/schemas/version.json"))["schema_date"]
        for name in files.namelist():
            if name.startswith("cfnlint/data/schemas/resources/") and name.endswith(".json"):
                schema = json.loads(files.read(name))
                if schema.get("typeName") in wanted:
                    trees[schema["typeName"]] = resource(schema)
    return trees, date


def resource(schema):
    tree = Tree()
    members(schema, schema, tree, [])
    for pointer in schema.get("readOnlyProperties", []):
        drop(tree, pointer.removeprefix("/properties/").split("/"))
    return tree


def drop(tree, steps):
    """Takes out what only the service sets: a template cannot hold it."""
    if steps[0] in ("*", "items", "properties"):
        steps = steps[1:]
    if not steps or steps[0] not in tree.members:
        return
    if len(steps) == 1:
        del tree.members[steps[0]]
    else:
        drop(tree.members[steps[0]], steps[1:])


def members(root, node, tree, inside):
    for name, member in node.get("properties", {}).items():
        tree.add(name, read(root, member, inside))
    for part in alternatives(node):
        part, deeper = resolve(root, part, inside)
        if part is not None:
            members(root, part, tree, deeper)
    patterns = list(node.get("patternProperties", {}).values())
    if isinstance(node.get("additionalProperties"), dict):
        patterns.append(node["additionalProperties"])
    for member in patterns:
        tree.add("*", read(root, member, inside))


def read(root, node, inside):
    node, inside = resolve(root, node, inside)
    if node is None or len(inside) > DEEPEST:
        return Tree("free")
    if kind_of(node) == "array" or "items" in node:
        element = read(root, node.get("items", {}), inside)
        element.arrays += 1
        return element
    tree = Tree(KINDS.get(kind_of(node), "any"))
    members(root, node, tree, inside)
    if tree.members:
        tree.kind = "object"
    elif tree.kind == "any" and kind_of(node) == "object":
        tree.kind = "free"
    elif tree.kind == "any":
        # Alternatives that are arrays or single values: the first one that says something counts.
        for part in alternatives(node):
            told = read(root, part, inside)
            if told.kind != "any" or told.arrays:
                return told
    return tree


def kind_of(node):
    """The schema's type; where it names several, the structured one, else any."""
    kind = node.get("type")
    if isinstance(kind, list):
        structured = [one for one in kind if one in ("object", "array")]
        return structured[0] if structured else kind[0] if len(kind) == 1 else None
    return kind


def alternatives(node):
    return [part for key in ("anyOf", "oneOf", "allOf") for part in node.get(key, [])]


def resolve(root, node, inside):
    """Follows $ref. None when the definition stands inside itself too often."""
    while "$ref" in node:
        reference = node["$ref"]
        if inside.count(reference) >= REPEATS:
            return None, inside
        inside = inside + [reference]
        node = root
        for step in reference.lstrip("#/").split("/"):
            node = node.get(step, {})
    return node, inside
