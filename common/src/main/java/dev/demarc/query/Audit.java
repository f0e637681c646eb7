package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The audit at one moment: for each service type and control the three answers, and counts of resources. */
public record Audit(Instant at, List<Row> rows) {
    /** The word for resources that an attestation speaks for. */
    static final String ATTESTED = "ATTESTED";

    public Audit {
        rows = List.copyOf(rows);
    }

    /** One service type and control. {@code counts} of categories cover the resources the control applies to. */
    public static final class Row {
        // Ten thousand accounts without evidence are a number, not a list to read.
        private static final int GAPS_SHOWN = 100;

        private final Provider provider;
        private final ServiceType serviceType;
        private final String serviceClass;
        private final ControlId control;
        private final String title;
        private final String responsibility;
        private final Optional<String> owner;
        private final Documented documented;
        private final Map<Category, Long> categories = new EnumMap<>(Category.class);
        private final Map<AccountId, Optional<String>> gaps = new TreeMap<>();
        private long compliant;
        private long attested;
        private long nonCompliant;
        private long unknown;
        private long notApplicable;
        private long validated;
        private long waived;
        private long total;

        Row(Provider provider, ServiceType serviceType, ControlId control, Terms terms) {
            Optional<Responsibility> row = terms.row(serviceType, control);
            this.provider = provider;
            this.serviceType = serviceType;
            this.serviceClass =
                    terms.entry(serviceType).map(CatalogueEntry::serviceClass).orElse("");
            this.control = control;
            this.title = terms.control(control).map(Control::title).orElse(control.value());
            this.responsibility = row.map(one -> one.owner().name()).orElse("CUSTOMER");
            this.owner = terms.owner(serviceType);
            this.documented = terms.documented(serviceType, control);
        }

        public Provider provider() {
            return provider;
        }

        public ServiceType serviceType() {
            return serviceType;
        }

        public String serviceClass() {
            return serviceClass;
        }

        public ControlId control() {
            return control;
        }

        public String title() {
            return title;
        }

        /** Who answers for the service type by the register. */
        public Optional<String> owner() {
            return owner;
        }

        public boolean isDocumented() {
            return documented.isYes();
        }

        /** Resources that meet the control, by a check or by an attestation. */
        public long compliant() {
            return compliant;
        }

        /** Those of the compliant that only an attestation speaks for. */
        public long attested() {
            return attested;
        }

        /** Resources that the control applies to and does not hold for, under a waiver of more than single resources. */
        public long waived() {
            return waived;
        }

        /** Resources the control applies to. */
        public long applicable() {
            return total - notApplicable;
        }

        public long count(Category category) {
            return categories.getOrDefault(category, 0L);
        }

        /** YES, NO, PARTLY, or NOT_APPLICABLE where the control applies to no resource. */
        public String implementedAnswer() {
            return answer(compliant);
        }

        public String validatedAnswer() {
            return answer(validated);
        }

        private String answer(long yes) {
            if (applicable() == 0) {
                return "NOT_APPLICABLE";
            }
            return yes == applicable() ? "YES" : yes == 0 ? "NO" : "PARTLY";
        }

        /** Counts resources of an account; {@code gap} says why the account's evidence does not validate the control. */
        void count(String word, long count, AccountId account, Optional<String> gap, boolean covered) {
            total += count;
            gaps.put(account, gap);
            switch (word) {
                case Projected.COMPLIANT, Projected.FIXED -> compliant += count;
                case ATTESTED -> {
                    compliant += count;
                    attested += count;
                }
                case Projected.NON_COMPLIANT -> nonCompliant += count;
                case Projected.UNKNOWN -> unknown += count;
                case Projected.NOT_APPLICABLE -> notApplicable += count;
                default -> throw new IllegalStateException("a rollup has the verdict '" + word + "'");
            }
            if (word.equals(Projected.NOT_APPLICABLE)) {
                return;
            }
            boolean implemented = !word.equals(Projected.NON_COMPLIANT) && !word.equals(Projected.UNKNOWN);
            boolean isValidated = gap.isEmpty() && !word.equals(Projected.FIXED);
            validated += isValidated ? count : 0;
            waived += covered && !word.equals(Projected.COMPLIANT) ? count : 0;
            categories.merge(new Assurance(documented.isYes(), implemented, isValidated).category(), count, Long::sum);
        }

        public Json json() {
            return Json.object()
                    .with("provider", provider.word())
                    .with("serviceType", serviceType.name())
                    .with("class", serviceClass)
                    .with("control", control.value())
                    .with("title", title)
                    .with("responsibility", responsibility)
                    .with("owner", owner)
                    .with(
                            "documented",
                            Json.object()
                                    .with("answer", documented.isYes() ? "YES" : "NO")
                                    .with(
                                            "reason",
                                            Optional.of(documented.reason()).filter(text -> !text.isEmpty()))
                                    .build())
                    .with(
                            "implemented",
                            Json.object()
                                    .with("answer", implementedAnswer())
                                    .with("compliant", compliant)
                                    .with("attested", attested)
                                    .with("nonCompliant", nonCompliant)
                                    .with("unknown", unknown)
                                    .with("notApplicable", notApplicable)
                                    .build())
                    .with(
                            "validated",
                            Json.object()
                                    .with("answer", validatedAnswer())
                                    .with("resources", validated)
                                    .with("accounts", gaps.size())
                                    .with("accountsWithGap", accountsWithGap())
                                    .with("gaps", Json.array(gapsJson()))
                                    .build())
                    .with("waived", waived)
                    .with("categories", categoriesJson(categories))
                    .build();
        }

        private long accountsWithGap() {
            return gaps.values().stream().filter(Optional::isPresent).count();
        }

        private List<Json> gapsJson() {
            return gaps.entrySet().stream()
                    .filter(one -> one.getValue().isPresent())
                    .limit(GAPS_SHOWN)
                    .<Json>map(one -> Json.object()
                            .with("account", one.getKey().account())
                            .with("reason", one.getValue())
                            .build())
                    .toList();
        }
    }

    /** Resource × control pairs of each category over all rows. */
    public Map<Category, Long> categories() {
        Map<Category, Long> totals = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            totals.put(
                    category,
                    rows.stream().mapToLong(row -> row.count(category)).sum());
        }
        return totals;
    }

    public Json json() {
        return head().with("rows", rowsJson()).build();
    }

    /** With the totals of the findings of the same moment and the same filter. */
    public Json json(FindingTotals findings) {
        return head().with("findings", findings.json()).with("rows", rowsJson()).build();
    }

    private Json.Builder head() {
        return Json.object().with("at", at.toString()).with("categories", categoriesJson(categories()));
    }

    private Json rowsJson() {
        return Json.array(rows.stream().map(Row::json).toList());
    }

    private static Json categoriesJson(Map<Category, Long> categories) {
        Json.Builder json = Json.object();
        for (Category category : Category.values()) {
            json.with(category.name(), categories.getOrDefault(category, 0L));
        }
        return json.build();
    }
}
