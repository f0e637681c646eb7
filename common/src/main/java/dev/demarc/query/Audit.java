package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.register.Documented;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        private final String owner;
        private final Documented documented;
        private final Map<Category, Long> categories = new EnumMap<>(Category.class);
        private final Map<String, Optional<String>> gaps = new TreeMap<>();
        private long compliant;
        private long nonCompliant;
        private long unknown;
        private long notApplicable;
        private long validated;
        private long total;

        Row(
                Provider provider,
                ServiceType serviceType,
                String serviceClass,
                ControlId control,
                String title,
                String owner,
                Documented documented) {
            this.provider = provider;
            this.serviceType = serviceType;
            this.serviceClass = serviceClass;
            this.control = control;
            this.title = title;
            this.owner = owner;
            this.documented = documented;
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

        public boolean isDocumented() {
            return documented.isYes();
        }

        public long compliant() {
            return compliant;
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

        /** Counts the resources of an account; {@code gap} says why the account's evidence does not validate the control. */
        void count(String verdict, long count, String account, Optional<String> gap) {
            total += count;
            gaps.put(account, gap);
            switch (verdict) {
                case "COMPLIANT" -> compliant += count;
                case "NON_COMPLIANT" -> nonCompliant += count;
                case "UNKNOWN" -> unknown += count;
                case "NOT_APPLICABLE" -> notApplicable += count;
                default -> throw new IllegalStateException("a rollup has the verdict '" + verdict + "'");
            }
            if (!verdict.equals("NOT_APPLICABLE")) {
                boolean isValidated = gap.isEmpty();
                validated += isValidated ? count : 0;
                Category category =
                        new Assurance(documented.isYes(), verdict.equals("COMPLIANT"), isValidated).category();
                categories.merge(category, count, Long::sum);
            }
        }

        public Json json() {
            return Json.object()
                    .with("provider", provider.word())
                    .with("serviceType", serviceType.name())
                    .with("class", serviceClass)
                    .with("control", control.value())
                    .with("title", title)
                    .with("responsibility", owner)
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
                                    .with("gaps", Json.array(gapsJson()))
                                    .build())
                    .with("categories", categoriesJson(categories))
                    .build();
        }

        private List<Json> gapsJson() {
            List<Json> json = new ArrayList<>();
            gaps.forEach((account, gap) -> gap.ifPresent(reason -> json.add(Json.object()
                    .with("account", account)
                    .with("reason", reason)
                    .build())));
            return json;
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
