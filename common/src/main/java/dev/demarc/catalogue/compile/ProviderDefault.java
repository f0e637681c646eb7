package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.util.List;
import java.util.Map;

/** A resource as the provider creates it when nothing is chosen, against what its rows say of the default. */
final class ProviderDefault {
    private final CatalogueEntry entry;
    private final Json json;
    private final String place;

    /** {@code json}: the {@code default} of a cases file, with {@code except} for rows whose default the document does not show. */
    ProviderDefault(CatalogueEntry entry, Json json, String place) {
        this.entry = entry;
        this.json = json;
        this.place = place;
    }

    void check(SourceDocument document, List<String> mistakes) {
        Map<String, SettingValue> settings = Normaliser.settings(entry, document);
        for (Responsibility row : entry.responsibilities()) {
            if (row.isDecidable()) {
                check(row, Evaluator.judge(row, settings), mistakes);
            }
        }
        for (String control : json.at("except").members().keySet()) {
            if (entry.responsibilities().stream()
                    .noneMatch(row -> row.isDecidable() && row.control().value().equals(control))) {
                mistakes.add(place + ": except names " + control + ", which is no row that configuration decides");
            }
        }
    }

    private void check(Responsibility row, Verdict verdict, List<String> mistakes) {
        String control = row.control().value();
        Json except = json.at("except").at(control);
        if (except.isObject()) {
            String expected = except.textAt("expect", "");
            if (!verdict.word().equals(expected)) {
                mistakes.add(place + ": by default " + control + " is " + verdict.word() + " (" + verdict.reason()
                        + "), the exception expects " + expected);
            }
            if (shows(row, verdict)) {
                mistakes.add(place + ": " + control + " needs no exception, the document shows its provider-default");
            }
        } else if (!shows(row, verdict)) {
            mistakes.add(place + ": by default " + control + " is " + verdict.word() + " (" + verdict.reason()
                    + "), its provider-default is '" + row.providerDefault() + "'");
        }
    }

    private static boolean shows(Responsibility row, Verdict verdict) {
        return switch (row.providerDefault()) {
            case "meets" -> verdict instanceof Verdict.Compliant || verdict instanceof Verdict.NotApplicable;
            case "fails" -> verdict instanceof Verdict.NonCompliant;
            default -> true;
        };
    }
}
