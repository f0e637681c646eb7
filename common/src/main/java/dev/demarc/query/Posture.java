package dev.demarc.query;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStore.RollupKey;
import dev.demarc.record.CentralStore.StoredFinding;
import dev.demarc.register.Documented;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins stored facts, the register and validation evidence at one moment: the findings and the audit. Everything here is derived; nothing
 * is stored. A fix counts as validated by the evidence of its account and type, not yet by evidence newer than the single fix.
 */
public final class Posture {
    // A resource that fails one of these is within reach of everyone, or of every network.
    private static final Set<String> EXPOSING = Set.of("IDN-03", "IDN-07", "NET-01", "NET-02");
    private static final ControlId LABELLED = new ControlId("MCC-04");
    private static final ControlId RECORDED = new ControlId("MCC-01");
    private static final ControlId ALIVE = new ControlId("MCC-06");
    private static final int PAGE = 1000;

    private final CentralStore store;
    private final Catalogue catalogue;
    private final Register register;
    private final Instant now;
    private final LocalDate today;
    private final Validation validation;
    private final Map<RollupKey, Long> rollups;

    public Posture(CentralStore store, Catalogue catalogue, Register register, Instant now) {
        this.store = store;
        this.catalogue = catalogue;
        this.register = register;
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        this.validation = new Validation(store.feedEvidence(), store.sweepEvidence(), register.windows(), now);
        this.rollups = store.rollups();
    }

    public Instant now() {
        return now;
    }

    /** Every finding, the most urgent first. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        List<StoredFinding> stored = allStored();
        Set<String> exposed = new HashSet<>();
        stored.stream()
                .filter(one -> EXPOSING.contains(one.control().value())
                        && one.verdict().equals("NON_COMPLIANT"))
                .forEach(one -> exposed.add(one.resource().key()));
        for (StoredFinding one : stored) {
            if (!one.control().equals(LABELLED) || !labelledByRegister(one.serviceType(), one.labels())) {
                findings.add(onResource(one, exposed.contains(one.resource().key())));
            }
        }
        serviceTypesInUse().forEach((serviceType, provider) -> documentation(serviceType, provider, findings));
        typesInAccounts().forEach(one -> validationGap(one, findings));
        findings.sort(
                Comparator.comparingInt((Finding finding) -> -finding.priority().score())
                        .thenComparing(Finding::id));
        return findings;
    }

    /** The audit: a row for each service type in use and each of its controls. */
    public Audit audit() {
        TreeMap<String, Audit.Row> rows = new TreeMap<>();
        rollups.forEach((key, count) -> {
            if (key.verdict().equals("UNCATALOGUED")) {
                return;
            }
            ControlId control = new ControlId(key.control());
            Audit.Row row = rows.computeIfAbsent(
                    key.serviceType() + " " + key.control(),
                    ignored -> row(key.provider(), key.serviceType(), control));
            Optional<String> gap = validationOf(key.provider(), key.account(), key.serviceType(), control);
            row.count(verdictOf(key), count, key.account(), gap);
        });
        return new Audit(now, List.copyOf(rows.values()));
    }

    /** The service types in use with what the register and the evidence say. */
    public Map<ServiceType, Provider> serviceTypesInUse() {
        TreeMap<ServiceType, Provider> types = new TreeMap<>();
        rollups.forEach((key, count) -> {
            if (count > 0) {
                types.put(key.serviceType(), key.provider());
            }
        });
        return types;
    }

    public Documented documented(ServiceType serviceType) {
        return catalogue
                .entry(serviceType)
                .map(entry -> register.documented(serviceType, entry.revision(), today))
                .orElse(new Documented.No(
                        "the catalogue has no entry for " + serviceType + ", so nobody knows what is the customer's",
                        Documented.Scope.SERVICE_TYPE));
    }

    private record InAccount(Provider provider, String account, ServiceType serviceType) {}

    private Set<InAccount> typesInAccounts() {
        Set<InAccount> all = new HashSet<>();
        rollups.forEach((key, count) -> {
            if (count > 0 && catalogue.entry(key.serviceType()).isPresent()) {
                all.add(new InAccount(key.provider(), key.account(), key.serviceType()));
            }
        });
        return all;
    }

    private Audit.Row row(Provider provider, ServiceType serviceType, ControlId control) {
        Optional<Responsibility> responsibility = responsibility(serviceType, control);
        return new Audit.Row(
                provider,
                serviceType,
                catalogue.entry(serviceType).map(CatalogueEntry::serviceClass).orElse(""),
                control,
                title(control),
                responsibility.map(one -> one.owner().name()).orElse("CUSTOMER"),
                documentedOf(serviceType, control));
    }

    private Documented documentedOf(ServiceType serviceType, ControlId control) {
        Documented whole = documented(serviceType);
        if (!whole.isYes() || control.equals(LABELLED)) {
            return whole;
        }
        String revision =
                catalogue.entry(serviceType).map(CatalogueEntry::revision).orElse("");
        return register.documented(serviceType, revision, control, today);
    }

    /** A gap also stands where no automated check decides the control. */
    private Optional<String> validationOf(
            Provider provider, String account, ServiceType serviceType, ControlId control) {
        boolean automated = control.equals(LABELLED)
                || responsibility(serviceType, control)
                        .map(Responsibility::isDecidable)
                        .orElse(false);
        return automated
                ? validation.gap(provider, account, serviceType)
                : Optional.of("no automated check decides this control");
    }

    private String verdictOf(RollupKey key) {
        boolean byRegister =
                key.control().equals(LABELLED.value()) && labelledByRegister(key.serviceType(), Labels.NONE);
        return byRegister ? "COMPLIANT" : key.verdict();
    }

    private boolean labelledByRegister(ServiceType serviceType, Labels labels) {
        Optional<RegisterEntry> entry = register.entry(serviceType);
        return (labels.sensitivity().isPresent()
                        || entry.flatMap(RegisterEntry::sensitivity).isPresent())
                && (labels.criticality().isPresent()
                        || entry.flatMap(RegisterEntry::criticality).isPresent());
    }

    private Finding onResource(StoredFinding one, boolean exposed) {
        Optional<Responsibility> responsibility = responsibility(one.serviceType(), one.control());
        boolean documented = documentedOf(one.serviceType(), one.control()).isYes();
        Optional<String> gap =
                validationOf(one.resource().provider(), one.resource().account(), one.serviceType(), one.control());
        Assurance assurance = new Assurance(documented, false, gap.isEmpty());
        return new Finding(
                one.id(),
                Finding.Subject.RESOURCE,
                Question.IMPLEMENTED,
                assurance.category(),
                one.resource().provider(),
                Optional.of(one.resource().account()),
                one.serviceType(),
                catalogue
                        .entry(one.serviceType())
                        .map(CatalogueEntry::serviceClass)
                        .orElse(""),
                Optional.of(one.resource().key()),
                one.control(),
                title(one.control()),
                Optional.of(one.verdict()),
                one.reason(),
                one.control().equals(LABELLED)
                        ? "Tag the resource with its data sensitivity and business criticality, or give the service type defaults in the register."
                        : responsibility
                                .map(Responsibility::remediation)
                                .filter(text -> !text.isBlank())
                                .or(() -> responsibility.map(Responsibility::customerDoes))
                                .orElse(""),
                Optional.of(one.since()),
                assurance,
                priority(one.control(), one.serviceType(), one.labels(), exposed ? 2 : 1),
                one.labels().owner().or(() -> register.entry(one.serviceType()).map(RegisterEntry::owner)));
    }

    private void documentation(ServiceType serviceType, Provider provider, List<Finding> findings) {
        Documented whole = documented(serviceType);
        if (whole instanceof Documented.No(String because, Documented.Scope ignored)) {
            findings.add(onType(serviceType, provider, RECORDED, because));
            return;
        }
        catalogue
                .entry(serviceType)
                .ifPresent(entry -> entry.responsibilities().forEach(row -> {
                    if (documentedOf(serviceType, row.control())
                            instanceof Documented.No(String because, Documented.Scope ignored)) {
                        findings.add(onType(serviceType, provider, row.control(), because));
                    }
                }));
    }

    private Finding onType(ServiceType serviceType, Provider provider, ControlId control, String because) {
        return new Finding(
                provider.word() + "|*|*|" + serviceType + "|*|" + control + "|DOCUMENTED",
                Finding.Subject.SERVICE_TYPE,
                Question.DOCUMENTED,
                Category.REMEDIATE,
                provider,
                Optional.empty(),
                serviceType,
                catalogue.entry(serviceType).map(CatalogueEntry::serviceClass).orElse(""),
                Optional.empty(),
                control,
                title(control),
                Optional.empty(),
                because,
                "Review the service type's controls with 'demarc catalogue', and record owner, date and approval in the register.",
                Optional.empty(),
                new Assurance(false, true, true),
                priority(control, serviceType, Labels.NONE, 1),
                register.entry(serviceType).map(RegisterEntry::owner));
    }

    private void validationGap(InAccount one, List<Finding> findings) {
        validation.gap(one.provider(), one.account(), one.serviceType()).ifPresent(gap -> {
            boolean documented = documented(one.serviceType()).isYes();
            findings.add(new Finding(
                    one.provider().word() + "|" + one.account() + "|*|" + one.serviceType() + "|*|" + ALIVE
                            + "|VALIDATED",
                    Finding.Subject.SERVICE_TYPE_IN_ACCOUNT,
                    Question.VALIDATED,
                    documented ? Category.ADD_VALIDATION : Category.REMEDIATE,
                    one.provider(),
                    Optional.of(one.account()),
                    one.serviceType(),
                    catalogue
                            .entry(one.serviceType())
                            .map(CatalogueEntry::serviceClass)
                            .orElse(""),
                    Optional.empty(),
                    ALIVE,
                    title(ALIVE),
                    Optional.empty(),
                    gap,
                    "Restore the change feed of this account for the type, and let a sweep complete.",
                    Optional.empty(),
                    new Assurance(documented, true, false),
                    priority(ALIVE, one.serviceType(), Labels.NONE, 1),
                    register.entry(one.serviceType()).map(RegisterEntry::owner)));
        });
    }

    private Priority priority(ControlId control, ServiceType serviceType, Labels labels, int exposure) {
        Optional<RegisterEntry> entry = register.entry(serviceType);
        int weight = catalogue.control(control).map(Control::weight).orElse(5);
        // Unlabelled counts as high: what nobody has classified must not sink to the end of the list.
        return new Priority(
                Math.clamp(weight, 1, 10),
                labels.sensitivity()
                        .or(() -> entry.flatMap(RegisterEntry::sensitivity))
                        .orElse(Labels.Level.HIGH),
                labels.criticality()
                        .or(() -> entry.flatMap(RegisterEntry::criticality))
                        .orElse(Labels.Level.HIGH),
                exposure);
    }

    private Optional<Responsibility> responsibility(ServiceType serviceType, ControlId control) {
        return catalogue.entry(serviceType).flatMap(entry -> entry.responsibility(control));
    }

    private String title(ControlId control) {
        return catalogue.control(control).map(Control::title).orElse(control.value());
    }

    private List<StoredFinding> allStored() {
        List<StoredFinding> all = new ArrayList<>();
        List<StoredFinding> page = store.findings("", PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page.size() < PAGE
                    ? List.of()
                    : store.findings(page.getLast().id(), PAGE);
        }
        return all;
    }
}
