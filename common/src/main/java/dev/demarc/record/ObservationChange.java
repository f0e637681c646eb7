package dev.demarc.record;

import dev.demarc.model.Observation;
import java.util.Optional;

/** One record of the store's change feed: the observation before and after a write. {@code sequence} orders changes of one feed. */
public record ObservationChange(String sequence, Optional<Observation> before, Observation after) {}
