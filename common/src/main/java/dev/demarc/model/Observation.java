package dev.demarc.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All verdicts of one resource at one version: a fact, written by the account. {@code serviceType} is the catalogue's type (with its
 * variant), or the provider's type when the catalogue has none ({@code catalogueRevision} is then empty and there are no verdicts).
 * A tombstone remembers the version of a deleted resource, so that an older event cannot bring it back.
 */
public record Observation(
        ResourceId resource,
        ServiceType serviceType,
        Version version,
        State state,
        String catalogueRevision,
        Labels labels,
        SortedMap<ControlId, Verdict> verdicts) {

    public enum State {
        LIVE,
        TOMBSTONE
    }

    public Observation {
        verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    }

    public static Observation tombstone(ResourceId resource, ServiceType serviceType, Version version) {
        return new Observation(
                resource, serviceType, version, State.TOMBSTONE, "", Labels.NONE, new TreeMap<>(Map.of()));
    }

    public boolean isLive() {
        return state == State.LIVE;
    }

    public boolean isCatalogued() {
        return !catalogueRevision.isEmpty();
    }

    /** Same facts: everything but the version. */
    public boolean saysTheSameAs(Observation other) {
        return resource.equals(other.resource)
                && serviceType.equals(other.serviceType)
                && state == other.state
                && catalogueRevision.equals(other.catalogueRevision)
                && labels.equals(other.labels)
                && verdicts.equals(other.verdicts);
    }
}
