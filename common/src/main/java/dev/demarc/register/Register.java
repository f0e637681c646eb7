package dev.demarc.register;

import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organisation's reviewed service types, and the windows within which validation evidence counts. */
public final class Register {
    private final Map<ServiceType, RegisterEntry> entries;
    private final Windows windows;
    private final TagKeys tagKeys;

    /** How old the last event of a feed, and the last complete sweep, may be. */
    public record Windows(Duration event, Duration sweep) {
        public static final Windows DEFAULT = new Windows(Duration.ofDays(7), Duration.ofHours(26));
    }

    public Register(List<RegisterEntry> entries, Windows windows, TagKeys tagKeys) {
        Map<ServiceType, RegisterEntry> byType = new LinkedHashMap<>();
        entries.forEach(entry -> byType.put(entry.serviceType(), entry));
        this.entries = Map.copyOf(byType);
        this.windows = windows;
        this.tagKeys = tagKeys;
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

    public Optional<RegisterEntry> entry(ServiceType serviceType) {
        return Optional.ofNullable(entries.get(serviceType));
    }

    /** Whether the service type as a whole has an approved entry in date that was reviewed against the current catalogue. */
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
        if (entry.catalogueRevision().isPresent()
                && !entry.catalogueRevision().get().equals(currentRevision)) {
            return no("the register entry of " + serviceType + " was reviewed against catalogue revision "
                    + entry.catalogueRevision().get() + "; the entry is now at " + currentRevision);
        }
        return new Documented.Yes();
    }

    /** Whether the entry also names the control. */
    public Documented documented(ServiceType serviceType, String currentRevision, ControlId control, LocalDate today) {
        Documented whole = documented(serviceType, currentRevision, today);
        RegisterEntry entry = entries.get(serviceType);
        if (!whole.isYes() || entry == null || entry.covers(control)) {
            return whole;
        }
        return new Documented.No(
                "the register entry of " + serviceType + " does not name " + control, Documented.Scope.CONTROL);
    }

    private static Documented no(String because) {
        return new Documented.No(because, Documented.Scope.SERVICE_TYPE);
    }
}
