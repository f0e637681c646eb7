package dev.demarc.local;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.ConditionSettings;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.Setting;
import dev.demarc.model.ControlId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One control of one service type in full, as lines for a person. */
final class Explanation {
    private final Catalogue catalogue;
    private final CatalogueEntry entry;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Catalogue catalogue, CatalogueEntry entry) {
        this.catalogue = catalogue;
        this.entry = entry;
    }

    static List<String> lines(Catalogue catalogue, CatalogueEntry entry, ControlId control) {
        Explanation explanation = new Explanation(catalogue, entry);
        explanation.explain(control);
        return List.copyOf(explanation.lines);
    }

    private void explain(ControlId id) {
        Control control = catalogue
                .control(id)
                .orElseThrow(() -> new UserError("the catalogue has no control " + id + "; 'demarc catalogue "
                        + entry.serviceType() + "' lists those of this type"));
        lines.add(entry.serviceType() + "  " + id + "  " + control.title());
        lines.add("  " + control.question());
        Optional<Responsibility> row = entry.responsibility(id);
        if (row.isEmpty()) {
            lines.add("  has no meaning here: "
                    + entry.notMeaningful().stream()
                            .filter(one -> one.control().equals(id))
                            .findFirst()
                            .map(CatalogueEntry.NotMeaningful::because)
                            .orElse("it is asked of the account, not of this service type"));
            return;
        }
        told(row.get());
        control.frameworks().forEach((framework, ids) -> add(framework, String.join(", ", ids)));
    }

    private void told(Responsibility row) {
        add("owner", row.owner().name().toLowerCase(Locale.ROOT));
        row.ownerWhen().forEach(arm -> add("  " + arm.owner().name().toLowerCase(Locale.ROOT), arm.because()));
        add("default", row.providerDefault());
        add("if missing", row.absence());
        add("provider", row.providerDoes());
        add("customer", row.customerDoes());
        add("decided", row.decision().word());
        switch (row.decision()) {
            case Responsibility.Decision.Check check -> readings(check);
            case Responsibility.Decision.ByProvider(String because) -> add("because", because);
            case Responsibility.Decision.ByAttestation(String because) -> add("because", because);
            case Responsibility.Decision.ByGuest(String because) -> add("because", because);
        }
        add("fix", row.remediation());
        add("confidence", row.confidence());
        add("note", row.note());
        row.sources()
                .forEach(source -> add(
                        "source",
                        source.url() + " (looked at " + source.lookedAt() + ", opened: " + source.opened() + ")"));
        add("revision", row.revision());
    }

    private void readings(Responsibility.Decision.Check check) {
        List<String> names = ConditionSettings.of(check.condition()).stream()
                .filter(entry.settings()::containsKey)
                .toList();
        reads(entry, names);
        for (CatalogueEntry.Form form : CatalogueEntry.Form.values()) {
            if (form.isDeclared()) {
                catalogue.entry(entry.serviceType(), form).ifPresent(other -> reads(other, names));
            }
        }
    }

    private void reads(CatalogueEntry form, List<String> names) {
        for (String name : names) {
            Setting setting = form.settings().get(name);
            if (setting == null) {
                add("not in", form.form().word() + ": " + name);
            } else {
                String where = setting.companion()
                        .map(form.companions()::get)
                        .map(companion -> companion.type() + " ")
                        .orElse("");
                add(
                        "read from",
                        form.form().word() + ": " + where + setting.path().text());
            }
        }
    }

    private void add(String what, String text) {
        if (!text.isBlank()) {
            lines.add("  " + what + " ".repeat(Math.max(1, 12 - what.length())) + text);
        }
    }
}
