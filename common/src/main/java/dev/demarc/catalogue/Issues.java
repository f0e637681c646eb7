package dev.demarc.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Collects every mistake of a catalogue document, each with the JSON pointer it is at. */
public final class Issues {
    /** One mistake: where in the document, and what to do. */
    public record Issue(String pointer, String message) {}

    private final List<Issue> issues = new ArrayList<>();

    public void add(String pointer, String message) {
        issues.add(new Issue(pointer, message));
    }

    public List<Issue> all() {
        return List.copyOf(issues);
    }

    public boolean isEmpty() {
        return issues.isEmpty();
    }
}
