package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows a path through a schema. */
record SchemaWalk(boolean ignoresCase, boolean marksArrays, boolean entersBlocks) {
    /** CloudFormation, ARM and assets: names by exact case, an array is walked with {@code [*]}. */
    static final SchemaWalk EXACT = new SchemaWalk(false, true, false);
    /** Terraform: as {@link #EXACT}, and a block that stands once is entered without an index. */
    static final SchemaWalk BLOCKS = new SchemaWalk(false, true, true);
    /** AWS Config: items differ in case between siblings, and the schema does not mark arrays. */
    static final SchemaWalk QUERYABLE = new SchemaWalk(true, false, false);

    /** What a walk met. */
    sealed interface Met {
        /** The path exists; {@code collects} when it walks an array on its way. */
        record Found(SchemaNode node, boolean collects) implements Met {}

        /** The path leads out of the schema at {@code at}, where names are free or text holds JSON. */
        record Leaves(String at) implements Met {}

        /** The path does not exist. */
        record Wrong(String because) implements Met {}
    }

    /** Follows a path, then from each element of what it met the path of a field, and so on. */
    Met walk(SchemaNode root, List<Path> segments) {
        SchemaNode at = root;
        String walked = "";
        Met met = new Met.Found(root, false);
        for (Path segment : segments) {
            if (at.kind() == SchemaNode.Kind.TEXT) {
                return new Met.Leaves(walked);
            }
            met = walk(at.inside(at.arrays()), segment, walked);
            if (!(met instanceof Met.Found(SchemaNode node, boolean ignored))) {
                return met;
            }
            at = node;
            walked = (walked.isEmpty() ? "" : walked + ".") + segment.text();
        }
        return met;
    }

    private Met walk(SchemaNode from, Path path, String before) {
        SchemaNode at = from;
        boolean collects = false;
        String walked = before;
        for (Path.Step step : path.steps()) {
            if (step instanceof Path.Step.Member member) {
                if (at.arrays() > 0 && !entersBlocks) {
                    return new Met.Wrong("'" + walked + "' is an array; write " + walked + "[*]");
                }
                if (at.members().isEmpty()) {
                    return new Met.Leaves(walked);
                }
                Optional<SchemaNode> below = member(at, member.name());
                if (below.isEmpty()) {
                    return new Met.Wrong("'" + member.name() + "' is not in the schema"
                            + (walked.isEmpty() ? "" : " below '" + walked + "'") + "; nearest: "
                            + nearest(member.name(), at.members().keySet()));
                }
                at = below.get();
                walked = walked.isEmpty() ? member.name() : walked + "." + member.name();
            } else {
                collects |= step instanceof Path.Step.Every;
                if (at.arrays() > 0) {
                    at = at.inside(1);
                } else if (marksArrays && !isOpen(at)) {
                    return new Met.Wrong("'" + walked + "' is no array");
                }
                walked += "[*]";
            }
        }
        return new Met.Found(at, collects);
    }

    private boolean isOpen(SchemaNode node) {
        return node.kind() == SchemaNode.Kind.LIST
                || node.kind() == SchemaNode.Kind.FREE
                || entersBlocks && node.kind() == SchemaNode.Kind.OBJECT;
    }

    private Optional<SchemaNode> member(SchemaNode node, String name) {
        SchemaNode exact = node.members().get(name);
        if (exact == null && ignoresCase) {
            return node.members().entrySet().stream()
                    .filter(member -> member.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
        return Optional.ofNullable(exact == null ? node.members().get("*") : exact);
    }

    /** The name with the fewest letters to change. */
    private static String nearest(String name, Collection<String> names) {
        List<String> sorted = new ArrayList<>(names);
        sorted.sort((one, other) -> Integer.compare(distance(name, one), distance(name, other)));
        return "'" + sorted.getFirst() + "'";
    }

    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }
}
