package dev.demarc.register;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the organisation has documented about one service type. {@code controls} is empty when the review covered every control;
 * {@code catalogueRevision} is the revision of the catalogue entry it was reviewed against, empty when the register does not pin one;
 * {@code rowRevisions} are the revisions of the entry's rows at the review, empty when the register pins at most the whole.
 */
public record RegisterEntry(
        ServiceType serviceType,
        String owner,
        String reviewedBy,
        LocalDate reviewedOn,
        LocalDate expiresOn,
        boolean approved,
        Optional<String> catalogueRevision,
        Map<ControlId, String> rowRevisions,
        Set<ControlId> controls,
        Optional<Labels.Level> sensitivity,
        Optional<Labels.Level> criticality) {

    public RegisterEntry {
        rowRevisions = Map.copyOf(rowRevisions);
        controls = Set.copyOf(controls);
        if (expiresOn.isBefore(reviewedOn)) {
            throw new IllegalArgumentException("the entry of " + serviceType + " expires on " + expiresOn
                    + ", before its review on " + reviewedOn);
        }
    }

    /** An entry that pins at most the revision of the whole catalogue entry. */
    public RegisterEntry(
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
        this(
                serviceType,
                owner,
                reviewedBy,
                reviewedOn,
                expiresOn,
                approved,
                catalogueRevision,
                Map.of(),
                controls,
                sensitivity,
                criticality);
    }

    public boolean isExpiredOn(LocalDate today) {
        return today.isAfter(expiresOn);
    }

    boolean covers(ControlId control) {
        return controls.isEmpty() || controls.contains(control);
    }

    /** Whether the entry pins a revision of the whole, and it is not the given one. */
    boolean isForAnotherRevisionThan(String current) {
        return catalogueRevision.isPresent() && !catalogueRevision.get().equals(current);
    }

    /** Whether the rows are told apart by their own revisions: they are pinned, and the pin of the whole does not hold for all. */
    boolean isReviewedByRow(String current) {
        return !rowRevisions.isEmpty() && (catalogueRevision.isEmpty() || isForAnotherRevisionThan(current));
    }
}
