package dev.demarc.catalogue;

import java.util.ArrayList;
import java.util.List;

/** A compiled path into a JSON document: member names, {@code [*]} for every element, {@code [n]} for one. {@code $} is the document. */
public record Path(String text, List<Step> steps) {

    /** One step of a path. */
    public sealed interface Step {
        record Member(String name) implements Step {}

        record Every() implements Step {}

        record Element(int index) implements Step {}
    }

    public Path {
        steps = List.copyOf(steps);
    }

    public boolean collects() {
        return steps.stream().anyMatch(Step.Every.class::isInstance);
    }

    public boolean isDocument() {
        return steps.isEmpty();
    }

    public static Path of(String text) {
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
                steps.add(bracket(text, text.substring(at + 1, end)));
                at = end + 1;
            } else {
                int end = at;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                steps.add(new Step.Member(text.substring(at, end)));
                at = end;
            }
        }
        return new Path(text, steps);
    }

    private static Step bracket(String text, String inner) {
        if (inner.equals("*")) {
            return new Step.Every();
        }
        if (inner.startsWith("'") && inner.endsWith("'") && inner.length() > 2) {
            return new Step.Member(inner.substring(1, inner.length() - 1));
        }
        try {
            return new Step.Element(Integer.parseInt(inner));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "path '" + text + "' has [" + inner + "]; write [*], [0] or ['name']", e);
        }
    }
}
