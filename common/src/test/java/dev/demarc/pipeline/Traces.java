package dev.demarc.pipeline;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.TagKeys;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.Notices;
import dev.demarc.project.Projector;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.HistoryEntryJson;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.PoisonJson;
import dev.demarc.record.ProjectedJson;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFindingJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one message leaves behind everywhere: in the store, in the answers and log lines, in failures. */
final class Traces {
    /** Members that hold the identity of a resource and its labels: the evidence that may name what the provider's document says. */
    private static final Set<String> ALLOWED = Set.of("resource", "serviceType", "owner", "workload", "account", "id");

    private static final Pattern CANARY = Pattern.compile(Canaries.MARK + "\\d+Z");
    private static final Scope EVERYTHING = Scope.operator(Scope.MAIN);
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final int MANY = 10_000;

    private final InMemoryStore store = new InMemoryStore();
    private final List<Json> lines = new ArrayList<>();
    private List<String> answers = List.of();

    private Traces() {}

    /** Sends a message through the whole way, with this reader behind it. */
    static Traces of(byte[] message, Intake.Decoder decoder, ProviderReader reader, Instant now) {
        Traces traces = new Traces();
        Observer observer = new Observer(CATALOGUE, reader, TagKeys.DEFAULT);
        ChangePipeline pipeline = new ChangePipeline(
                observer,
                reader,
                traces.store,
                traces.store,
                (event, outcome) -> traces.lines.add(Json.of(outcome.toString())));
        Intake intake = new Intake(pipeline, traces.store, Optional.empty(), "test");
        try {
            traces.lines.add(Json.of(intake.receive(message, decoder, now).toString()));
        } catch (RuntimeException e) {
            // A platform logs what a function throws.
            for (Throwable one = e; one != null; one = one.getCause()) {
                traces.lines.add(Json.of(one.toString()));
            }
        }
        Projector projector = new Projector(traces.store);
        traces.store.drain(change -> {
            projector.apply(change);
            if (change instanceof StoreChange.HistoryAdded(String ignored, HistoryEntry entry, Instant recordedAt)) {
                new NoticeLog(traces.store)
                        .write(EVERYTHING, Notices.of(entry, recordedAt, id -> Optional.empty()), now);
            }
        });
        traces.answers = new Served(traces.store, now).all();
        return traces;
    }

    /** Whether a resource of a type that the catalogue knows was judged. */
    boolean judged() {
        return documents()
                .anyMatch(document -> !document.at("verdicts").members().isEmpty());
    }

    /** The canaries that stand where they may not. */
    List<String> leaks() {
        List<String> found = new ArrayList<>();
        Stream.concat(documents(), lines.stream()).forEach(document -> {
            Matcher matcher = CANARY.matcher(withoutAllowed(document).write());
            while (matcher.find()) {
                found.add(matcher.group());
            }
        });
        Set<String> named = canariesOf(identities());
        answers.forEach(answer -> canariesOf(answer).stream()
                .filter(canary -> !named.contains(canary))
                .forEach(found::add));
        return found;
    }

    /** The bodies of the API and the exports over what the message left. */
    List<String> answers() {
        return answers;
    }

    /** What answers may name: the identity and the labels of what is stored, in whatever form an export gives them. */
    private String identities() {
        StringBuilder text = new StringBuilder();
        for (AccountId account : store.accounts()) {
            store.observations(account, "", MANY)
                    .forEach(one -> text.append(one.resource().key())
                            .append(' ')
                            .append(one.serviceType().name())
                            .append(' ')
                            .append(one.labels().owner().orElse(""))
                            .append(' ')
                            .append(one.labels().workload().orElse(""))
                            .append('\n'));
        }
        return text.toString();
    }

    private static Set<String> canariesOf(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = CANARY.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    /** Everything that the store answers, as the documents that are stored and served. */
    private Stream<Json> documents() {
        List<Json> all = new ArrayList<>();
        for (AccountId account : store.accounts()) {
            store.observations(account, "", MANY).forEach(one -> {
                all.add(ObservationJson.write(one));
                store.history(EVERYTHING, one.resource(), "", MANY)
                        .forEach(entry -> all.add(HistoryEntryJson.write(entry)));
            });
            store.projections(account, "", MANY).forEach(one -> all.add(ProjectedJson.write(one)));
        }
        store.findingsByAge(EVERYTHING, ScopedReads.AgeMark.START, MANY)
                .forEach(one -> all.add(StoredFindingJson.write(one)));
        store.poison(EVERYTHING, MANY).forEach(one -> all.add(PoisonJson.write(one)));
        return Stream.concat(all.stream(), counters());
    }

    private Stream<Json> counters() {
        return store.rollups(EVERYTHING).keySet().stream()
                .map(key -> Json.object()
                        .with("account", key.account())
                        .with("serviceType", key.serviceType().name())
                        .with("control", key.control().value())
                        .with(
                                key.workload().isPresent() ? "workload" : "verdict",
                                key.workload().orElse(key.verdict()))
                        .build());
    }

    private static Json withoutAllowed(Json value) {
        return switch (value) {
            case Json.JsonObject(Map<String, Json> members) -> {
                Map<String, Json> left = new LinkedHashMap<>();
                members.forEach((name, member) -> {
                    if (!ALLOWED.contains(name)) {
                        left.put(name, withoutAllowed(member));
                    }
                });
                yield new Json.JsonObject(left);
            }
            case Json.JsonArray(List<Json> elements) ->
                Json.array(elements.stream().map(Traces::withoutAllowed).toList());
            case Json.JsonText text -> text;
            case Json.JsonNumber number -> number;
            case Json.JsonBoolean flag -> flag;
            case Json.JsonNull none -> none;
        };
    }
}
