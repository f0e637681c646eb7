package dev.demarc.record;

import dev.demarc.model.Observation;
import java.util.Optional;

/** A recorded observation, before and after. {@code sequence} orders changes of one feed. */
public record ObservationChange(String sequence, Optional<Observation> before, Observation after)
        implements StoreChange {}
