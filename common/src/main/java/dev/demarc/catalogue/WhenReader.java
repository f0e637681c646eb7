package dev.demarc.catalogue;

import dev.demarc.json.Json;
import java.util.Locale;
import java.util.Optional;

/** Reads the test by which a document of a provider type belongs to one variant of it. */
final class WhenReader {
    private WhenReader() {}

    static Optional<CatalogueEntry.When> read(Json json, String at, CatalogueEntry.Form form, Issues issues) {
        Optional<CatalogueEntry.When> when = Optional.empty();
        for (CatalogueEntry.When.Mode mode : CatalogueEntry.When.Mode.values()) {
            String word = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Optional<String> value = json.at(word).text();
            if (value.isPresent()) {
                String path = json.textAt("path", "");
                when = Optional.of(new CatalogueEntry.When(
                        form == CatalogueEntry.Form.TERRAFORM ? Path.ofBlocks(path) : Path.of(path),
                        mode,
                        value.get()));
            }
        }
        if (json.isObject() && when.isEmpty()) {
            issues.add(at, "needs contains, lacks, equals or absent-or-equals with a text");
        }
        return when;
    }
}
