package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The audit at one moment: for each service type and control the three answers, and counts of resources. */
public record Audit(Instant at, List<Row> rows) {
    public Audit {
        rows = List.copyOf(rows);
    }

    /** One service type and control. {@code counts} of categories cover the resources the control applies to. */
    public static final class Row {
        private final Provider provider;
        private final ServiceType serviceType;
        private final String serviceClass;
        private final ControlId control;
        private final String title;
        private final String responsibility;
        private final Optional<String> owner;
        private final Documented documented;
        private final AuditTally tally;

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
            this.tally = new AuditTally(documented.isYes());
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
            return tally.compliant();
        }

        /** Those of the compliant that only an attestation speaks for. */
        public long attested() {
            return tally.attested();
        }

        /** Resources that the control applies to and does not hold for, under a waiver of more than single resources. */
        public long waived() {
            return tally.waived();
        }

        /** Resources the control applies to. */
        public long applicable() {
            return tally.applicable();
        }

        public long count(Category category) {
            return tally.count(category);
        }

        /** YES, NO, PARTLY, or NOT_APPLICABLE where the control applies to no resource. */
        public String implementedAnswer() {
            return tally.implementedAnswer();
        }

        public String validatedAnswer() {
            return tally.validatedAnswer();
        }

        AuditTally tally() {
            return tally;
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
                    .with("implemented", tally.implementedJson())
                    .with("validated", tally.validatedJson())
                    .with("waived", tally.waived())
                    .with("categories", categoriesJson(tally::count))
                    .build();
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
        return Json.object().with("at", at.toString()).with("categories", categoriesJson(categories()::get));
    }

    private Json rowsJson() {
        return Json.array(rows.stream().map(Row::json).toList());
    }

    private static Json categoriesJson(ToLongFunction<Category> counts) {
        Json.Builder json = Json.object();
        for (Category category : Category.values()) {
            json.with(category.name(), counts.applyAsLong(category));
        }
        return json.build();
    }
}
