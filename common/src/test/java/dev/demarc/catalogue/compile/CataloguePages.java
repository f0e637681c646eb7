package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.CatalogueStatistics;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.ServiceClass;
import dev.demarc.model.Provider;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The catalogue as pages to read: one of counts and one for each class. */
final class CataloguePages {
    private static final String NOTICE = "<!-- Made from the catalogue by CataloguePagesTest; do not edit. -->\n\n";

    private final Catalogue catalogue;
    private final List<Trap> traps = Trap.all();

    CataloguePages(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** File name to content. */
    Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", overview());
        classes().forEach(one -> pages.put(one.id() + ".md", page(one)));
        return pages;
    }

    private List<ServiceClass> classes() {
        return catalogue.classes().stream()
                .sorted(Comparator.comparing(ServiceClass::id))
                .toList();
    }

    private String overview() {
        StringBuilder page = new StringBuilder(NOTICE);
        page.append("# The responsibility catalogue\n\n");
        page.append(
                "Who owns each control of each service type, what the provider's default is, and which document says so. ");
        page.append(
                "`demarc catalogue SERVICE_TYPE --explain CONTROL` shows one row in full, with what is read in each source form.\n\n");
        page.append("| what | count |\n|---|---|\n");
        new CatalogueStatistics(catalogue)
                .counts()
                .forEach((what, count) -> page.append("| ")
                        .append(what)
                        .append(" | ")
                        .append(count)
                        .append(" |\n"));
        page.append("\n| class | service types |\n|---|---|\n");
        for (ServiceClass one : classes()) {
            page.append("| [")
                    .append(one.title())
                    .append("](")
                    .append(one.id())
                    .append(".md) | ")
                    .append(members(one).stream()
                            .map(entry -> "`" + entry.serviceType() + "`")
                            .collect(Collectors.joining(", ")))
                    .append(" |\n");
        }
        return page.toString();
    }

    private List<CatalogueEntry> members(ServiceClass one) {
        return catalogue.members(one.id()).stream()
                .flatMap(type -> catalogue.entry(type).stream())
                .toList();
    }

    private String page(ServiceClass one) {
        List<CatalogueEntry> members = members(one);
        StringBuilder page = new StringBuilder(NOTICE);
        page.append("# ").append(one.title()).append("\n\n");
        page.append(
                "Owner and provider default of each control; `-`: the control has no meaning there.\n\n| control |");
        members.forEach(entry -> page.append(" ").append(entry.name()).append(" |"));
        page.append("\n|---|").append("---|".repeat(members.size())).append("\n");
        for (Control control : catalogue.controls()) {
            if (members.stream()
                    .anyMatch(entry -> entry.responsibility(control.id()).isPresent())) {
                page.append("| ")
                        .append(control.id())
                        .append(" ")
                        .append(control.title())
                        .append(" |");
                members.forEach(entry -> page.append(" ")
                        .append(entry.responsibility(control.id())
                                .map(CataloguePages::cell)
                                .orElse("-"))
                        .append(" |"));
                page.append("\n");
            }
        }
        differences(one, page);
        members.forEach(entry -> member(entry, page));
        return page.toString();
    }

    /** The documented differences between the providers, as {@code TrapsTest} runs them. */
    private void differences(ServiceClass one, StringBuilder page) {
        List<Trap> those = traps.stream()
                .filter(trap -> trap.serviceClass().equals(one.id()))
                .toList();
        if (those.isEmpty()) {
            return;
        }
        page.append("\n## What differs\n\n| control |");
        for (Provider provider : Provider.values()) {
            page.append(" ").append(provider.word()).append(" |");
        }
        page.append("\n|---|").append("---|".repeat(Provider.values().length)).append("\n");
        for (Trap trap : those) {
            page.append("| ").append(trap.control());
            catalogue
                    .control(trap.control())
                    .ifPresent(control -> page.append(" ").append(control.title()));
            page.append(" |");
            for (Provider provider : Provider.values()) {
                page.append(" ")
                        .append(escaped(trap.says().getOrDefault(provider, "-")))
                        .append(" |");
            }
            page.append("\n");
        }
    }

    private static String cell(Responsibility row) {
        return lower(row.owner().name()) + ", " + row.providerDefault();
    }

    private void member(CatalogueEntry entry, StringBuilder page) {
        page.append("\n## ")
                .append(entry.name())
                .append("\n\n`")
                .append(entry.serviceType())
                .append("`, read as ")
                .append(forms(entry))
                .append(".\n\n");
        page.append(
                "| control | owner | the customer | the provider | decided | confidence | sources |\n|---|---|---|---|---|---|---|\n");
        Map<String, Responsibility.Source> sources = new TreeMap<>();
        for (Responsibility row : entry.responsibilities()) {
            row.sources().forEach(source -> sources.put(source.id(), source));
            page.append("| ")
                    .append(String.join(
                            " | ",
                            row.control().value(),
                            lower(row.owner().name()),
                            escaped(row.customerDoes()),
                            escaped(row.providerDoes()),
                            row.decision().word(),
                            row.confidence(),
                            row.sources().stream()
                                    .map(Responsibility.Source::id)
                                    .collect(Collectors.joining(", "))))
                    .append(" |\n");
        }
        if (!entry.notMeaningful().isEmpty()) {
            page.append("\nWithout meaning here: ")
                    .append(entry.notMeaningful().stream()
                            .map(one -> one.control() + " ("
                                    + escaped(one.because()).replaceAll("\\.$", "") + ")")
                            .collect(Collectors.joining("; ")))
                    .append(".\n");
        }
        page.append("\n");
        sources.forEach((id, source) -> page.append("- ")
                .append(id)
                .append(": <")
                .append(source.url())
                .append(">, looked at ")
                .append(source.lookedAt())
                .append(", opened: ")
                .append(source.opened())
                .append("\n"));
    }

    private String forms(CatalogueEntry entry) {
        StringBuilder forms = new StringBuilder(entry.form().word());
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            if (form.isDeclared() && catalogue.entry(entry.serviceType(), form).isPresent()) {
                forms.append(", ").append(form.word());
            }
        }
        return forms.toString();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "\\<").replace("\n", " ");
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
