package dev.demarc.record;

import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import java.util.Optional;

/** Where an account writes its observations: its own partition, one conditional write per resource. */
public interface ObservationStore {

    enum Outcome {
        /** The observation is now the newest one of its resource. */
        RECORDED,
        /** The same version and the same facts are already there; nothing was written. */
        UNCHANGED,
        /** A newer version is already there; nothing was written. Not a failure. */
        OLDER
    }

    /**
     * Writes the observation when its version is newer than the stored one, or equal with other facts (a new catalogue revision).
     * At an equal version a tombstone wins over a live observation. Atomic: concurrent writers cannot overwrite a newer version.
     */
    Outcome record(Observation observation);

    Optional<Observation> observation(ResourceId resource);
}
