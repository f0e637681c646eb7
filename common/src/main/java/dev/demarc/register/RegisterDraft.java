package dev.demarc.register;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A register for a person to review: the present one with its approved, current entries as they are, and an entry that is not approved for
 * each service type in use that has none. {@code drafted} are these types; {@code toReview} the kept ones whose rows changed, with the
 * controls; {@code unknown} the types in use that the catalogue does not have.
 */
public record RegisterDraft(
        Json register,
        List<ServiceType> drafted,
        Map<ServiceType, Map<ControlId, String>> toReview,
        List<ServiceType> unknown) {
    private static final int REVIEW_YEARS = 1;

    public RegisterDraft {
        drafted = List.copyOf(drafted);
        toReview = Map.copyOf(toReview);
        unknown = List.copyOf(unknown);
    }

    /** From the present register in its JSON form. */
    public static RegisterDraft of(Json present, Collection<ServiceType> inUse, Catalogue catalogue, LocalDate today) {
        Register register = RegisterReader.read(present).register();
        List<Json> entries = new ArrayList<>();
        List<ServiceType> drafted = new ArrayList<>();
        List<ServiceType> unknown = new ArrayList<>();
        Map<ServiceType, Map<ControlId, String>> toReview = new TreeMap<>();
        TreeSet<ServiceType> missing = new TreeSet<>(inUse);
        for (Json written : present.at("entries").elements()) {
            Optional<RegisterEntry> entry = typeOf(written).flatMap(register::entry);
            Optional<RegisterReview> review = entry.map(one -> RegisterReview.of(register, one, catalogue, today));
            boolean counts = review.filter(
                            one -> one.entry().approved() && one.stale().isEmpty())
                    .isPresent();
            if (counts || entry.filter(one -> inUse.contains(one.serviceType())).isEmpty()) {
                entries.add(written);
                entry.ifPresent(one -> missing.remove(one.serviceType()));
                review.filter(one -> !one.changed().isEmpty())
                        .ifPresent(one -> toReview.put(one.entry().serviceType(), one.changed()));
            }
        }
        for (ServiceType type : missing) {
            catalogue
                    .entry(type)
                    .ifPresentOrElse(
                            row -> {
                                drafted.add(type);
                                entries.add(entry(row, register.entry(type), today));
                            },
                            () -> unknown.add(type));
        }
        return new RegisterDraft(with(present, entries), drafted, toReview, unknown);
    }

    /** As YAML, with what the catalogue says about the drafted types and their controls beside them. */
    public String yaml(Catalogue catalogue) {
        return RegisterYaml.write(register, (name, control) -> {
            ServiceType type = new ServiceType(name);
            Optional<CatalogueEntry> row = catalogue.entry(type);
            if (row.isEmpty()) {
                return "";
            }
            if (!control.isEmpty()) {
                return drafted.contains(type) ? RegisterReview.title(catalogue, new ControlId(control)) : "";
            }
            if (drafted.contains(type)) {
                return "To review: " + row.get().name() + ", " + row.get().tier() + ", "
                        + row.get().serviceClass();
            }
            return String.join(
                    "\n",
                    new TreeMap<>(toReview.getOrDefault(type, Map.of()))
                            .values().stream()
                                    .map(reason -> "To review: " + reason)
                                    .toList());
        });
    }

    private static Json entry(CatalogueEntry row, Optional<RegisterEntry> before, LocalDate today) {
        List<Responsibility> customers = RegisterReview.customers(row);
        Json.Builder rows = Json.object();
        customers.forEach(one -> rows.with(one.control().value(), one.revision()));
        // What an earlier review said about the type itself stays as a proposal; that it was approved does not.
        return Json.object()
                .with("service-type", row.serviceType().name())
                .with("owner", before.map(RegisterEntry::owner).orElse(RegisterReader.OPEN))
                .with("reviewed-by", RegisterReader.OPEN)
                .with("reviewed-on", today.toString())
                .with("expires-on", today.plusYears(REVIEW_YEARS).toString())
                .with("approved", false)
                .with("catalogue-revision", row.revision())
                .with("row-revisions", rows.build())
                .with(
                        "controls",
                        Json.array(customers.stream()
                                .map(one -> Json.of(one.control().value()))
                                .toList()))
                .withPresent(
                        "sensitivity",
                        before.map(RegisterWriter::entry)
                                .map(one -> one.at("sensitivity"))
                                .filter(one -> !one.isNull()))
                .withPresent(
                        "criticality",
                        before.map(RegisterWriter::entry)
                                .map(one -> one.at("criticality"))
                                .filter(one -> !one.isNull()))
                .build();
    }

    private static Optional<ServiceType> typeOf(Json entry) {
        return Optional.of(entry.textAt("service-type", ""))
                .filter(name -> !name.isBlank())
                .map(ServiceType::new);
    }

    private static Json with(Json present, List<Json> entries) {
        Json.Builder json = Json.object();
        present.members().forEach((name, value) -> {
            if (!name.equals("entries")) {
                json.with(name, value);
            }
        });
        return json.with("entries", Json.array(entries)).build();
    }
}
