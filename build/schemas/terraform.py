"""
Terraform provider schemas, from the wheels cdktn-provider-*, each of which holds a JavaScript package. That is generated from the provider's
own schema: a class for each resource and nested block, whose getters name the attributes with their kinds.
"""

import io
import re
import tarfile
import zipfile

from tree import Tree

CLASS = re.compile(r"^class (\w+) extends cdktn\.(\w+)", re.M)
RESOURCE_TYPE = re.compile(r"\btfResourceType = [\"'](\w+)[\"']")
ATTRIBUTE = re.compile(r"this\.get(\w+?)Attribute\([\"'](\w+)[\"']\)")
INTERPOLATED = re.compile(r"this\.interpolationForAttribute\([\"'](\w+)[\"']\)")
BLOCK = re.compile(r"new (?:\w+\.)?(\w+)\(this, [\"'](\w+)[\"'](?:, (?:true|false))?\)")
KINDS = {
    "String": ("text", 0),
    "Boolean": ("bool", 0),
    "Number": ("number", 0),
    "List": ("text", 1),
    "NumberList": ("number", 1),
}
DEEPEST = 10


def extract(wheel, wanted):
    """(resource type -> tree, version of the provider). Data sources of the same name are classes of another kind and left out."""
    trees = {}
    provider = "?"
    folders = {}
    folders_of = set(candidates(wanted))
    with zipfile.ZipFile(wheel) as outer:
        inner = next(name for name in outer.namelist() if name.endswith(".jsii.tgz"))
        package = io.BytesIO(outer.read(inner))
    with tarfile.open(fileobj=package) as files:
        # Read in the order of the archive: seeking in a compressed archive starts over each time.
        for entry in files:
            parts = entry.name.split("/")
            if len(parts) < 4 or parts[1] != "lib" or not entry.name.endswith(".js"):
                continue
            if parts[2] in folders_of:
                folders.setdefault(parts[2], []).append(files.extractfile(entry).read().decode("utf-8"))
    for folder, texts in folders.items():
        text = "\n".join(texts)
        version = re.search(r"providerVersion: [\"']([\d.]+)[\"']", text)
        if version and version.group(1):
            provider = version.group(1)
        classes = blocks(text)
        for name, (parent, body) in classes.items():
            declared = RESOURCE_TYPE.search(text)
            if parent == "TerraformResource" and declared and declared.group(1) in wanted:
                trees[declared.group(1)] = tree_of(classes, name, 0)
    return trees, provider


def candidates(wanted):
    """A resource's folder is its type without the provider's prefix; the beta provider keeps it,
    and a few carry a suffix to keep clear of reserved words."""
    for name in wanted:
        folder = name.split("_", 1)[1].replace("_", "-")
        yield folder
        yield name.replace("_", "-")
        yield folder + "-resource"


def blocks(text):
    """Class name -> (the class it extends, its text)."""
    starts = list(CLASS.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return {start.group(1): (start.group(2), text[start.start() : end]) for start, end in zip(starts, ends)}


def tree_of(classes, name, depth):
    tree = Tree()
    body = classes[name][1]
    for kind, attribute in ATTRIBUTE.findall(body):
        known, arrays = KINDS.get(kind, ("free" if "Map" in kind else "any", 0))
        tree.add(attribute, Tree(known, arrays))
    for attribute in INTERPOLATED.findall(body):
        if attribute not in tree.members:
            tree.add(attribute, Tree("any"))
    for of, attribute in BLOCK.findall(body):
        if of not in classes or depth > DEEPEST:
            tree.members[attribute] = Tree("free")
            continue
        member, arrays = of, 0
        if classes[of][0] == "ComplexList":
            member, arrays = of.removesuffix("List") + "OutputReference", 1
        elif classes[of][0] == "ComplexMap":
            member, arrays = of.removesuffix("Map") + "OutputReference", 0
        below = tree_of(classes, member, depth + 1) if member in classes else Tree("free")
        if classes[of][0] == "ComplexMap":
            free = Tree()
            free.add("*", below)
            below = free
        below.arrays = arrays
        tree.members[attribute] = below
    return tree
