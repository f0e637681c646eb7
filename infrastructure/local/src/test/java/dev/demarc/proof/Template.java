package dev.demarc.proof;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.ProviderInputs;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A configuration of the example estate, to be given to any resource of its type. */
record Template(Provider provider, String type, Map<String, String> tags, Json body) {

    /** All configurations that the catalogue can judge, by the provider's type. */
    static Map<String, List<Template>> byType() {
        Map<String, List<Template>> byType = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Template.class.getResourceAsStream("/demo/estate.jsonl"), "estate"),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Json document = JsonReader.parse(line);
                if (document.at("companionOf").isNull()) {
                    ProviderInputs.decode(document, Instant.EPOCH).forEach(event -> add(byType, event));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return byType;
    }

    private static void add(Map<String, List<Template>> byType, ChangeEvent event) {
        if (event instanceof ChangeEvent.Changed changed
                && !Catalogue.bundled().entriesOf(changed.resource().type()).isEmpty()) {
            byType.computeIfAbsent(changed.resource().type(), ignored -> new ArrayList<>())
                    .add(new Template(
                            changed.resource().provider(), changed.resource().type(), changed.tags(), changed.body()));
        }
    }
}
