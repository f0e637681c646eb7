"""The tree of names of one resource type, and the text form that the extracts have."""

LETTERS = {
    "bool": "b",
    "number": "n",
    "text": "s",
    "object": "o",
    "free": "m",
    "list": "l",
    "any": "-",
}


class Tree:
    """A member: its kind, how many arrays it is wrapped in, and the members below it. The name '*' stands for any name."""

    def __init__(self, kind="object", arrays=0):
        self.kind = kind
        self.arrays = arrays
        self.members = {}

    def add(self, name, member):
        """Adds a member; one that is there already takes in the members of the other (alternatives of one schema)."""
        there = self.members.get(name)
        if there is None:
            self.members[name] = member
            return
        there.arrays = max(there.arrays, member.arrays)
        if there.kind != member.kind:
            there.kind = "object" if there.members or member.members else "any"
        for below, tree in member.members.items():
            there.add(below, tree)

    def write(self, lines, depth=1):
        for name in sorted(self.members):
            member = self.members[name]
            letter = LETTERS[member.kind]
            lines.append(" " * depth + name + "[*]" * member.arrays + " " + letter)
            member.write(lines, depth + 1)


def write(file, about, types):
    """Writes an extract. about: the lines of the header; types: type name to tree."""
    lines = ["# " + line if line else "#" for line in about]
    lines.append("# One member a line, indented below its parent: name, [*] for an array, kind (b bool, n number, s text,")
    lines.append("# l list of an unknown element, m names are free, o object, - not told). The name * stands for any name.")
    for name in sorted(types):
        lines.append("= " + name)
        types[name].write(lines)
    with open(file, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")
