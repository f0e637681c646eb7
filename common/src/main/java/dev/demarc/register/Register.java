package dev.demarc.register;

import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organisation's reviewed service types, and the windows within which validation evidence counts. */
public final class Register {
    private final Map<ServiceType, RegisterEntry> entries;
    private final Windows windows;
    private final TagKeys tagKeys;
    private final Optional<String> organisation;

    /** How old the last event of a feed, and the last complete sweep, may be. */
    public record Windows(Duration event, Duration sweep) {
        public static final Windows DEFAULT = new Windows(Duration.ofDays(7), Duration.ofHours(26));
    }

    public Register(List<RegisterEntry> entries, Windows windows, TagKeys tagKeys) {
        this(entries, windows, tagKeys, Optional.empty());
    }

    public Register(List<RegisterEntry> entries, Windows windows, TagKeys tagKeys, Optional<String> organisation) {
        Map<ServiceType, RegisterEntry> byType = new LinkedHashMap<>();
        entries.forEach(entry -> byType.put(entry.serviceType(), entry));
        this.entries = Collections.unmodifiableMap(byType);
        this.windows = windows;
        this.tagKeys = tagKeys;
        this.organisation = organisation;
    }

    /** The register of an organisation that has documented nothing. */
    public static Register empty() {
        return new Register(List.of(), Windows.DEFAULT, TagKeys.DEFAULT);
    }

    public Windows windows() {
        return windows;
    }

    public TagKeys tagKeys() {
        return tagKeys;
    }

    /** Whose register it is, when it says so. */
    public Optional<String> organisation() {
        return organisation;
    }

    /** All entries, in the order of the register. */
    public Collection<RegisterEntry> entries() {
        return entries.values();
    }

    public Optional<RegisterEntry> entry(ServiceType serviceType) {
        return Optional.ofNullable(entries.get(serviceType));
    }

    /**
     * Whether the service type as a whole has an approved entry in date that was reviewed against the current catalogue. An entry that pins
     * its rows stays documented as a whole when the catalogue changes: each row is then asked for by itself.
     */
    public Documented documented(ServiceType serviceType, String currentRevision, LocalDate today) {
        RegisterEntry entry = entries.get(serviceType);
        if (entry == null) {
            return no("the register has no entry for " + serviceType + "; review it and add one");
        }
        if (!entry.approved()) {
            return no("the register entry of " + serviceType + " is not approved");
        }
        if (entry.isExpiredOn(today)) {
            return no(
                    "the register entry of " + serviceType + " expired on " + entry.expiresOn() + "; review it again");
        }
        if (entry.isForAnotherRevisionThan(currentRevision) && !entry.isReviewedByRow(currentRevision)) {
            return no("the register entry of " + serviceType + " was reviewed against catalogue revision "
                    + entry.catalogueRevision().orElse("") + "; the entry is now at " + currentRevision);
        }
        return new Documented.Yes();
    }

    /**
     * Whether the entry also names the control, and was reviewed against the control's current row. {@code currentRows} are the revisions of
     * the catalogue's rows; a control that is not among them is answered by the entry as a whole.
     */
    public Documented documented(
            ServiceType serviceType,
            String currentRevision,
            Map<ControlId, String> currentRows,
            ControlId control,
            LocalDate today) {
        Documented whole = documented(serviceType, currentRevision, today);
        RegisterEntry entry = entries.get(serviceType);
        if (!whole.isYes() || entry == null) {
            return whole;
        }
        if (!entry.covers(control)) {
            return noControl("the register entry of " + serviceType + " does not name " + control);
        }
        String current = currentRows.get(control);
        if (current == null || !entry.isReviewedByRow(currentRevision)) {
            return whole;
        }
        String reviewed = entry.rowRevisions().get(control);
        if (reviewed == null) {
            return noControl(
                    control + " was added to the catalogue since the review of " + serviceType + "; review it");
        }
        return reviewed.equals(current)
                ? whole
                : noControl(control + " of " + serviceType + " was reviewed at row revision " + reviewed
                        + "; the catalogue's row is now at " + current + "; review it again");
    }

    private static Documented no(String because) {
        return new Documented.No(because, Documented.Scope.SERVICE_TYPE);
    }

    private static Documented noControl(String because) {
        return new Documented.No(because, Documented.Scope.CONTROL);
    }
}
