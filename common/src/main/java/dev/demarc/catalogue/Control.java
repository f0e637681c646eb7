package dev.demarc.catalogue;

import dev.demarc.model.ControlId;

/** An objective someone must meet, the same across service types. {@code weight} is 1 to 10. */
public record Control(ControlId id, String title, String question, String pattern, boolean core, int weight) {}
