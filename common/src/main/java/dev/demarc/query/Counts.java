package dev.demarc.query;

import java.util.List;
import java.util.Map;

/**
 * How many findings of a filter there are by some dimensions, the largest group first. {@code exact} is false when the filter has a part
 * that counters cannot answer (owner, workload, region, changedSince, a waiver of one resource); the numbers are then upper bounds
 * taken without that part.
 */
public record Counts(List<Group> groups, long total, boolean exact) {
    /** The values of the dimensions, in their order, and the number of findings; a dimension that the findings lack is left out. */
    public record Group(Map<Dimension, String> values, long count) {}

    public Counts {
        groups = List.copyOf(groups);
    }
}
