package dev.demarc.catalogue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the catalogue covers, counted from its entries. Loads all of them. */
public final class CatalogueStatistics {
    private static final String ABOUT_THE_ESTATE = "multi-cloud";

    private final Catalogue catalogue;
    private final List<CatalogueEntry> entries;

    public CatalogueStatistics(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.entries = catalogue.serviceTypes().stream()
                .flatMap(type -> catalogue.entry(type).stream())
                .toList();
    }

    /** Each number by its name, in the order in which it is told. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("classes", (long) catalogue.classes().size());
        counts.put("service types", (long) entries.size());
        counts.put("controls", (long) catalogue.controls().size());
        counts.put("rows", rows(row -> true));
        counts.put("rows decided by configuration", rows(Responsibility::isDecidable));
        counts.put(
                "rows that are the provider's",
                rows(row -> row.decision() instanceof Responsibility.Decision.ByProvider));
        counts.put(
                "rows decided by attestation",
                rows(row -> row.decision() instanceof Responsibility.Decision.ByAttestation));
        counts.put(
                "rows decided inside the guest",
                rows(row -> row.decision() instanceof Responsibility.Decision.ByGuest));
        counts.put(
                "rows with conditional ownership", rows(row -> !row.ownerWhen().isEmpty()));
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            if (form.isDeclared()) {
                counts.put("service types readable in " + form.word(), declared(form));
            }
        }
        counts.put(
                "pairs without meaning",
                entries.stream()
                        .mapToLong(entry -> entry.notMeaningful().size())
                        .sum());
        counts.put(
                "undecided pairs", entries.stream().mapToLong(this::undecided).sum());
        counts.put("rows without source", rows(row -> row.sources().isEmpty()));
        Set<String> pages = new HashSet<>();
        Set<String> opened = new HashSet<>();
        for (CatalogueEntry entry : entries) {
            for (Responsibility row : entry.responsibilities()) {
                for (Responsibility.Source source : row.sources()) {
                    pages.add(source.url());
                    if (!source.opened().equals("no")) {
                        opened.add(source.url());
                    }
                }
            }
        }
        counts.put("pages cited", (long) pages.size());
        counts.put("pages opened, whole or in part", (long) opened.size());
        counts.put(
                "rows of which no page could be opened",
                rows(row -> row.sources().stream()
                        .allMatch(source -> source.opened().equals("no"))));
        return counts;
    }

    private long rows(Predicate<Responsibility> wanted) {
        return entries.stream()
                .flatMap(entry -> entry.responsibilities().stream())
                .filter(wanted)
                .count();
    }

    private long declared(CatalogueEntry.Form form) {
        return entries.stream()
                .filter(entry -> catalogue.entry(entry.serviceType(), form).isPresent())
                .count();
    }

    private long undecided(CatalogueEntry entry) {
        return catalogue.controls().stream()
                .filter(control -> !control.pattern().equals(ABOUT_THE_ESTATE))
                .filter(control -> entry.responsibility(control.id()).isEmpty())
                .filter(control -> entry.notMeaningful().stream()
                        .noneMatch(one -> one.control().equals(control.id())))
                .count();
    }
}
