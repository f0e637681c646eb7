package dev.demarc.register;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What the organisation has documented about one service type. {@code controls} is empty when the review covered every control;
 * {@code catalogueRevision} is the revision of the catalogue entry it was reviewed against, empty when the register does not pin one.
 */
public record RegisterEntry(
        ServiceType serviceType,
        String owner,
        String reviewedBy,
        LocalDate reviewedOn,
        LocalDate expiresOn,
        boolean approved,
        Optional<String> catalogueRevision,
        Set<ControlId> controls,
        Optional<Labels.Level> sensitivity,
        Optional<Labels.Level> criticality) {

    public RegisterEntry {
        controls = Set.copyOf(controls);
        if (expiresOn.isBefore(reviewedOn)) {
            throw new IllegalArgumentException("the entry of " + serviceType + " expires on " + expiresOn
                    + ", before its review on " + reviewedOn);
        }
    }

    public boolean isExpiredOn(LocalDate today) {
        return today.isAfter(expiresOn);
    }

    boolean covers(ControlId control) {
        return controls.isEmpty() || controls.contains(control);
    }
}
