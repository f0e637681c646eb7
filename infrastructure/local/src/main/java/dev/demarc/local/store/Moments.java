package dev.demarc.local.store;

import dev.demarc.model.Version;
import java.time.Instant;

/** Instants as text that sorts. */
final class Moments {
    private Moments() {}

    /** {@code 2026-01-31T10:00:00.000000000Z}: the time of a version, which has this form. */
    static String sortable(Instant moment) {
        String version = new Version(moment, 0).sortable();
        return version.substring(0, version.indexOf('#'));
    }
}
