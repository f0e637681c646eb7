package dev.demarc.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The version of a resource's configuration: the provider's own time and a rank that breaks ties, as one fixed-width string that sorts.
 * Never the time of arrival.
 */
public record Version(Instant observedAt, long rank) implements Comparable<Version> {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    public Version {
        if (rank < 0) {
            throw new IllegalArgumentException("a rank is not negative; got " + rank);
        }
    }

    /** {@code 2026-01-31T10:00:00.000000000Z#0000000000000000001}: compares as text the way versions compare. */
    public String sortable() {
        return SECONDS.format(observedAt) + String.format(Locale.ROOT, ".%09dZ#%019d", observedAt.getNano(), rank);
    }

    public static Version ofSortable(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a version; expected TIME#RANK");
        }
        return new Version(Instant.parse(text.substring(0, hash)), Long.parseLong(text.substring(hash + 1)));
    }

    @Override
    public int compareTo(Version other) {
        int byTime = observedAt.compareTo(other.observedAt);
        return byTime != 0 ? byTime : Long.compare(rank, other.rank);
    }

    @Override
    public String toString() {
        return sortable();
    }
}
