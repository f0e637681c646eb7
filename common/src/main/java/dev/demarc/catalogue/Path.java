package dev.demarc.catalogue;

import java.util.ArrayList;
import java.util.List;

/** A compiled path into a JSON document: member names, {@code [*]} for every element, {@code [n]} for one. {@code $} is the document. */
public record Path(String text, List<Step> steps) {

    /** One step of a path. */
    public sealed interface Step {
        /** {@code block}: a block that stands once is an array of one object, which is entered without an index (Terraform). */
        record Member(String name, boolean block) implements Step {}

        record Every() implements Step {}

        record Element(int index) implements Step {}
    }

    public Path {
        steps = List.copyOf(steps);
    }

    public boolean collects() {
        return steps.stream().anyMatch(Step.Every.class::isInstance);
    }

    /** True when blocks that stand once are entered without an index. */
    public boolean entersBlocks() {
        return steps.stream().anyMatch(step -> step instanceof Step.Member member && member.block());
    }

    public boolean isDocument() {
        return steps.isEmpty();
    }

    public static Path of(String text) {
        return of(text, false);
    }

    /** A path in which a block that stands once is entered without an index. */
    public static Path ofBlocks(String text) {
        return of(text, true);
    }

    private static Path of(String text, boolean blocks) {
        List<Step> steps = new ArrayList<>();
        int at = text.startsWith("$") ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                at++;
            } else if (c == '[') {
                int end = text.startsWith("['", at) ? text.indexOf("']", at) + 1 : text.indexOf(']', at);
                if (end <= at) {
                    throw new IllegalArgumentException("path '" + text + "' has a bracket that is not closed");
                }
                steps.add(bracket(text, text.substring(at + 1, end), blocks));
                at = end + 1;
            } else {
                int end = at;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                steps.add(new Step.Member(text.substring(at, end), blocks));
                at = end;
            }
        }
        return new Path(text, steps);
    }

    private static Step bracket(String text, String inner, boolean blocks) {
        if (inner.equals("*")) {
            return new Step.Every();
        }
        if (inner.startsWith("'") && inner.endsWith("'") && inner.length() > 2) {
            return new Step.Member(inner.substring(1, inner.length() - 1), blocks);
        }
        try {
            return new Step.Element(Integer.parseInt(inner));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "path '" + text + "' has [" + inner + "]; write [*], [0] or ['name']", e);
        }
    }
}
