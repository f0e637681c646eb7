package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.ConditionSettings;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A control on which the providers of a class differ: what each says, and what the default resource of each service type must show.
 * A trap without {@code shows} says {@code because} why there is nothing to run.
 */
record Trap(
        String id,
        String serviceClass,
        ControlId control,
        Map<Provider, String> says,
        Map<ServiceType, Shown> shows,
        String because) {

    /** What a service type shows: no row at all, or its owner, the verdict on the default resource, and settings that the row reads. */
    record Shown(boolean row, String owner, String verdict, List<String> reads) {}

    /** The traps of the catalogue, in the order of the file. */
    static List<Trap> all() {
        try {
            return YamlDocument.read(CatalogueFiles.FOLDER.resolve("traps.yaml")).json().at("traps").elements().stream()
                    .map(Trap::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Trap of(Json json) {
        Map<Provider, String> says = new EnumMap<>(Provider.class);
        json.at("says")
                .members()
                .forEach((word, text) -> says.put(Provider.of(word), text.text().orElse("")));
        Map<ServiceType, Shown> shows = new LinkedHashMap<>();
        json.at("shows").members().forEach((type, shown) -> shows.put(new ServiceType(type), shown(shown)));
        return new Trap(
                json.textAt("id", ""),
                json.textAt("class", ""),
                new ControlId(json.textAt("control", "")),
                says,
                shows,
                json.textAt("because", ""));
    }

    private static Shown shown(Json json) {
        return new Shown(
                json.at("row") != Json.JsonBoolean.FALSE,
                json.textAt("owner", ""),
                json.textAt("default", ""),
                json.at("reads").elements().stream()
                        .flatMap(one -> one.text().stream())
                        .toList());
    }

    /** Where the catalogue says something else, and whether the service types differ at all. Empty when the trap holds. */
    List<String> mistakes(Catalogue catalogue, Map<ServiceType, SourceDocument> defaults) {
        List<String> mistakes = new ArrayList<>();
        Set<Provider> providers = new TreeSet<>();
        shows.forEach((type, shown) -> {
            Optional<CatalogueEntry> entry = catalogue.entry(type);
            if (entry.isEmpty() || !entry.get().serviceClass().equals(serviceClass)) {
                mistakes.add(id + ": " + type + " is no service type of " + serviceClass);
            } else {
                providers.add(entry.get().provider());
                mistakes.addAll(mistakes(entry.get(), shown, defaults));
            }
        });
        if (mistakes.isEmpty() && providers.size() < Provider.values().length) {
            mistakes.add(id + ": shows " + providers + " only");
        }
        if (mistakes.isEmpty() && Set.copyOf(shows.values()).size() < 2) {
            mistakes.add(id + ": no difference in owner, verdict or what is read");
        }
        return mistakes;
    }

    private List<String> mistakes(CatalogueEntry entry, Shown shown, Map<ServiceType, SourceDocument> defaults) {
        Optional<Responsibility> found = entry.responsibility(control);
        if (found.isPresent() != shown.row()) {
            return List.of(place(entry) + (shown.row() ? "there is no row" : "there is a row"));
        }
        if (found.isEmpty()) {
            return List.of();
        }
        SourceDocument document = defaults.get(entry.serviceType());
        if (document == null) {
            return List.of(place(entry) + "the cases show no default resource");
        }
        Responsibility row = found.get();
        List<String> mistakes = new ArrayList<>();
        String owner = row.owner().name().toLowerCase(Locale.ROOT);
        if (!owner.equals(shown.owner())) {
            mistakes.add(place(entry) + "the owner is " + owner + ", the trap says " + shown.owner());
        }
        String verdict =
                Evaluator.judge(row, Normaliser.settings(entry, document)).word();
        if (!verdict.equals(shown.verdict())) {
            mistakes.add(place(entry) + "the default is " + verdict + ", the trap says " + shown.verdict());
        }
        Set<String> read = row.decision() instanceof Responsibility.Decision.Check check
                ? ConditionSettings.of(check.condition())
                : Set.of();
        shown.reads().stream()
                .filter(setting -> !read.contains(setting))
                .forEach(setting -> mistakes.add(place(entry) + "the row does not read " + setting + " but "
                        + read.stream().sorted().collect(Collectors.joining(", "))));
        return mistakes;
    }

    private String place(CatalogueEntry entry) {
        return id + " " + entry.serviceType() + " " + control + ": ";
    }
}
