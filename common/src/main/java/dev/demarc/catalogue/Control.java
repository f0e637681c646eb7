package dev.demarc.catalogue;

import dev.demarc.model.ControlId;
import java.util.List;
import java.util.Map;

/**
 * An objective someone must meet, the same across service types. {@code weight} is 1 to 10; {@code frameworks} holds, by the id of a
 * framework with its version, the ids of that framework's controls.
 */
public record Control(
        ControlId id,
        String title,
        String question,
        String pattern,
        boolean core,
        int weight,
        Map<String, List<String>> frameworks) {}
