package dev.demarc.model;

import java.util.List;

/** Which tag keys carry data sensitivity, business criticality, owner and workload; the first that is present counts. */
public record TagKeys(List<String> sensitivity, List<String> criticality, List<String> owner, List<String> workload) {
    public static final TagKeys DEFAULT = new TagKeys(
            List.of("data-sensitivity", "data-classification", "data-class"),
            List.of("business-criticality", "criticality"),
            List.of("owner", "team"),
            List.of("workload", "application", "app", "service"));

    public TagKeys {
        sensitivity = List.copyOf(sensitivity);
        criticality = List.copyOf(criticality);
        owner = List.copyOf(owner);
        workload = List.copyOf(workload);
    }
}
