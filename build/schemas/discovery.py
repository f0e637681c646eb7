"""Google's discovery documents, from the wheel of google-api-python-client."""

import json
import zipfile

from tree import Tree

KINDS = {"boolean": "bool", "integer": "number", "number": "number", "string": "text"}
REPEATS = 2
DEEPEST = 12


def extract(wheel, wanted):
    """wanted: type name -> list of (document, schema), as ('compute.v1', 'Instance'). Answers type name -> tree."""
    trees = {}
    with zipfile.ZipFile(wheel) as files:
        for name, places in wanted.items():
            tree = Tree()
            for document, schema in places:
                text = files.read(f"googleapiclient/discovery_cache/documents/{document}.json")
                schemas = json.loads(text)["schemas"]
                if schema not in schemas:
                    raise SystemExit(f"types.txt: {document} has no schema {schema}; asset {name}")
                fill(schemas, schemas[schema], tree, [schema])
            trees[name] = tree
    return trees


def fill(schemas, node, tree, inside):
    for name, member in node.get("properties", {}).items():
        tree.add(name, read(schemas, member, inside))
    if isinstance(node.get("additionalProperties"), dict):
        tree.add("*", read(schemas, node["additionalProperties"], inside))


def read(schemas, node, inside):
    if "$ref" in node:
        reference = node["$ref"]
        if inside.count(reference) >= REPEATS or len(inside) > DEEPEST:
            return Tree("free")
        return read(schemas, schemas[reference], inside + [reference])
    if node.get("type") == "array":
        element = read(schemas, node.get("items", {}), inside)
        element.arrays += 1
        return element
    tree = Tree(KINDS.get(node.get("type"), "any"))
    fill(schemas, node, tree, inside)
    if node.get("type") == "object":
        tree.kind = "object" if tree.members else "free"
    return tree
