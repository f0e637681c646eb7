package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.register.Documented;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the catalogue and the register say about a service type and its controls on one day. */
final class Terms {
    private record Row(ServiceType serviceType, ControlId control) {}

    private final Catalogue catalogue;
    private final Register register;
    private final LocalDate today;
    private final Map<ServiceType, Documented> documentedTypes = new HashMap<>();
    private final Map<Row, Documented> documentedRows = new HashMap<>();
    private final Map<Row, Optional<Responsibility>> rows = new HashMap<>();

    Terms(Catalogue catalogue, Register register, LocalDate today) {
        this.catalogue = catalogue;
        this.register = register;
        this.today = today;
    }

    Optional<CatalogueEntry> entry(ServiceType serviceType) {
        return catalogue.entry(serviceType);
    }

    Optional<Responsibility> row(ServiceType serviceType, ControlId control) {
        return rows.computeIfAbsent(
                new Row(serviceType, control),
                row -> entry(serviceType).flatMap(entry -> entry.responsibility(control)));
    }

    Optional<Control> control(ControlId control) {
        return catalogue.control(control);
    }

    Optional<String> owner(ServiceType serviceType) {
        return register.entry(serviceType).map(RegisterEntry::owner);
    }

    /** Whether the service type as a whole is documented. */
    Documented documented(ServiceType serviceType) {
        return documentedTypes.computeIfAbsent(
                serviceType,
                type -> entry(type)
                        .map(entry -> register.documented(type, entry.revision(), today))
                        .orElse(new Documented.No(
                                "the catalogue has no entry for " + type
                                        + ", so only the baseline by tier holds: as not even the tier is known, the customer"
                                        + " answers for "
                                        + String.join("; ", catalogue.baseline().customersWithoutTier()),
                                Documented.Scope.SERVICE_TYPE)));
    }

    Documented documented(ServiceType serviceType, ControlId control) {
        Documented whole = documented(serviceType);
        if (!whole.isYes() || control.equals(Projected.LABELLED)) {
            return whole;
        }
        return documentedRows.computeIfAbsent(
                new Row(serviceType, control),
                row -> entry(serviceType)
                        .map(entry -> register.documented(
                                serviceType, entry.revision(), entry.rowRevisions(), control, today))
                        .orElse(whole));
    }

    /** Whether a check decides the control on each resource, so that evidence can validate it. */
    boolean isAutomated(ServiceType serviceType, ControlId control) {
        return control.equals(Projected.LABELLED)
                || row(serviceType, control).map(Responsibility::isDecidable).orElse(false);
    }

    /** Whether only a person can say that the control is in place: it is then asked of the type, not of each resource. */
    boolean needsAttestation(ServiceType serviceType, ControlId control) {
        return row(serviceType, control).map(Terms::needsAttestation).orElse(false);
    }

    static boolean needsAttestation(Responsibility row) {
        return switch (row.decision()) {
            case Responsibility.Decision.ByAttestation ignored -> true;
            case Responsibility.Decision.ByGuest ignored -> true;
            case Responsibility.Decision.ByProvider ignored -> false;
            case Responsibility.Decision.Check ignored -> false;
        };
    }

    /**
     * The word that counts for a counter: the register's defaults label what tags do not. A fix of the tags is none when the defaults were
     * enough all the time.
     */
    String word(RollupKey key) {
        if (key.control().equals(Projected.LABELLED)) {
            boolean byDefaults = switch (key.verdict()) {
                case Projected.NON_COMPLIANT -> isLabelled(key.serviceType(), key.sensitivity(), key.criticality());
                case Projected.FIXED -> isLabelled(key.serviceType(), Optional.empty(), Optional.empty());
                default -> false;
            };
            return byDefaults ? Projected.COMPLIANT : key.verdict();
        }
        return key.verdict();
    }

    private boolean isLabelled(
            ServiceType serviceType, Optional<Labels.Level> sensitivity, Optional<Labels.Level> criticality) {
        Optional<RegisterEntry> entry = register.entry(serviceType);
        return sensitivity.or(() -> entry.flatMap(RegisterEntry::sensitivity)).isPresent()
                && criticality
                        .or(() -> entry.flatMap(RegisterEntry::criticality))
                        .isPresent();
    }

    Priority priority(RollupKey key) {
        return priority(key.serviceType(), key.control(), key.sensitivity(), key.criticality(), key.exposed() ? 2 : 1);
    }

    /** The priority of what has no resource. */
    Priority priority(ServiceType serviceType, ControlId control) {
        return priority(serviceType, control, Optional.empty(), Optional.empty(), 1);
    }

    private Priority priority(
            ServiceType serviceType,
            ControlId control,
            Optional<Labels.Level> sensitivity,
            Optional<Labels.Level> criticality,
            int exposure) {
        Optional<RegisterEntry> entry = register.entry(serviceType);
        int weight = catalogue.control(control).map(Control::weight).orElse(5);
        // Unlabelled counts as high: what nobody has classified must not sink to the end of the list.
        return new Priority(
                Math.clamp(weight, 1, 10),
                sensitivity.or(() -> entry.flatMap(RegisterEntry::sensitivity)).orElse(Labels.Level.HIGH),
                criticality.or(() -> entry.flatMap(RegisterEntry::criticality)).orElse(Labels.Level.HIGH),
                exposure);
    }
}
