package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.compile.Cases;
import dev.demarc.catalogue.compile.CatalogueFiles;
import dev.demarc.event.AwsEvents;
import dev.demarc.event.AzureEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.event.GcpEvents;
import dev.demarc.event.ProviderInputs;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.ResourceId;
import dev.demarc.normalise.SourceDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * No value of a configuration leaves the account, whatever the value: a canary in every string leaf of the example inputs, one leaf at a
 * time (which also breaks what is parsed) and all together, is found nowhere in what is stored, served, logged or thrown. Only the identity
 * of a resource and its labels may name what a document says.
 */
class SecretCanaryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Path DEMO = Path.of("../infrastructure/local/src/main/resources/demo");
    private static final Path REAL = Path.of(System.getProperty("demarc.real-inputs", "../../shared/real-inputs"));

    private final Canaries canaries = new Canaries();
    /** Leaves without which a document is not recognised any more; not planted together with the others. */
    private final Set<String> structural = new HashSet<>();

    private final Set<String> done = new HashSet<>();
    private int runs;
    private int judged;

    /**
     * A message and the documents beside its resource, planted as one. {@code single} is where single leaves are planted: the companions of the
     * demonstration stand beside hundreds of messages, and those of the cases have had theirs.
     */
    private record Input(
            String label, String kind, Json message, Map<String, Json> companions, String single, Decoding decoding) {
        private Json whole() {
            return Json.object()
                    .with("message", message)
                    .with("companions", new Json.JsonObject(companions))
                    .build();
        }

        private Input planted(Json whole) {
            return new Input(
                    label, kind, whole.at("message"), whole.at("companions").members(), single, decoding);
        }
    }

    private interface Decoding {
        List<ChangeEvent> of(Json message);
    }

    @TestFactory
    Stream<DynamicTest> noCanaryOfTheCatalogueCasesIsFound() {
        return CatalogueFiles.live().entrySet().stream()
                .map(twin -> DynamicTest.dynamicTest(twin.getKey().serviceType().name(), () -> {
                    List<Input> inputs = twin.getValue().stream()
                            .map(one -> input(twin.getKey(), one))
                            .toList();

                    oneByOne(inputs.getFirst());
                    inputs.forEach(this::allTogether);

                    assertThat(judged).as("most runs judge the resource").isGreaterThan(runs / 2);
                }));
    }

    @Test
    void noCanaryOfTheDemonstrationEstateIsFound(TestReporter reporter) throws IOException {
        Map<String, Json> companions = new TreeMap<>();
        List<Input> inputs = new ArrayList<>();
        for (String name : List.of("estate.jsonl", "aws-events.jsonl", "azure-events.jsonl", "gcp-events.jsonl")) {
            for (String line : Files.readAllLines(DEMO.resolve(name))) {
                Json document = JsonReader.parse(line);
                if (document.at("companionOf").text().isPresent()) {
                    companions.putIfAbsent(document.textAt("type", ""), document.at("documents"));
                } else {
                    inputs.add(input(name + ":" + inputs.size(), document, companions));
                }
            }
        }

        for (Input input : inputs) {
            oneByOne(input);
            allTogether(input);
        }

        assertThat(inputs).hasSizeGreaterThan(300);
        assertThat(judged).isGreaterThan(runs / 3);
        reporter.publishEntry("demonstration", canaries.planted() + " canaries in " + runs + " runs");
    }

    @Test
    void noCanaryOfTheRealInputsIsFound(TestReporter reporter) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(REAL),
                "the real inputs are not there; name their folder with -Ddemarc.real-inputs=FOLDER");
        List<Path> files;
        try (Stream<Path> all = Files.walk(REAL)) {
            files = all.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }

        for (Path file : files) {
            Json document;
            try {
                document = JsonReader.parse(Files.readAllBytes(file));
            } catch (MalformedJson e) {
                brokenInTheMiddle(file);
                continue;
            }
            Input input = input(REAL.relativize(file).toString(), document, Map.of());
            oneByOne(input);
            allTogether(input);
        }

        assertThat(files).hasSizeGreaterThan(100);
        reporter.publishEntry(
                "real inputs", canaries.planted() + " canaries in " + runs + " runs, " + judged + " of them judged");
    }

    /** The control: a reason that quotes what was read is found. */
    @Test
    void aReasonThatQuotesAValueIsFound() {
        String canary = canaries.next("a reason");
        ProviderReader leaky = new Companions(Map.of()) {
            @Override
            public Read companion(ResourceId parent, Wanted wanted) {
                return new Read.Unavailable("the answer was " + canary);
            }
        };
        Input input = CatalogueFiles.live().entrySet().stream()
                .filter(twin -> !twin.getKey().companions().isEmpty())
                .map(twin -> input(twin.getKey(), twin.getValue().getFirst()))
                .findFirst()
                .orElseThrow();

        Traces traces =
                Traces.of(bytes(input.message), content -> input.decoding.of(JsonReader.parse(content)), leaky, NOW);

        assertThat(traces.leaks()).contains(canary);
    }

    /** The control: a decoder that quotes what it rejects is found, in the quarantine and in the log. */
    @Test
    void aRejectionThatQuotesItsInputIsFound() {
        String canary = canaries.next("a rejection");

        Traces traces = Traces.of(
                bytes(Json.of(canary)),
                content -> List.of(new ChangeEvent.Rejected(new String(content, StandardCharsets.UTF_8))),
                new Companions(Map.of()),
                NOW);

        assertThat(traces.leaks().stream().filter(canary::equals)).hasSizeGreaterThan(1);
    }

    /** The control: a failure that quotes the message is found. */
    @Test
    void aFailureThatQuotesItsInputIsFound() {
        String canary = canaries.next("a failure");
        ProviderReader failing = new Companions(Map.of()) {
            @Override
            public CurrentRead current(ResourceId resource) {
                throw new IllegalStateException("the answer was " + canary);
            }
        };

        Traces traces = Traces.of(
                bytes(Json.of("x")),
                content -> List.of(new ChangeEvent.Touched(
                        FakeCloud.bucket("a"), new dev.demarc.model.Version(NOW, 0), "no body")),
                failing,
                NOW);

        assertThat(traces.leaks()).contains(canary);
    }

    /** The control: a reason that quotes what was read stands in answers and in every export that can hold the finding. */
    @Test
    void aReasonThatQuotesAValueIsFoundInAnswersAndExports() {
        String canary = canaries.next("a reason");
        ProviderReader leaky = new Companions(Map.of()) {
            @Override
            public Read companion(ResourceId parent, Wanted wanted) {
                return new Read.Unavailable("the answer was " + canary);
            }
        };
        Input input = CatalogueFiles.live().entrySet().stream()
                .filter(twin -> twin.getKey().serviceType().name().equals(FakeCloud.BUCKET))
                .map(twin -> input(twin.getKey(), twin.getValue().getFirst()))
                .findFirst()
                .orElseThrow();

        List<String> answers = Traces.of(
                        bytes(input.message), content -> input.decoding.of(JsonReader.parse(content)), leaky, NOW)
                .answers();

        assertThat(answers.stream().filter(answer -> answer.contains(canary)))
                .as("list, single finding, resource and five exports")
                .hasSizeGreaterThanOrEqualTo(8);
        assertThat(answers.subList(answers.size() - 5, answers.size()))
                .as("the exports")
                .allMatch(answer -> answer.contains(canary));
    }

    private void oneByOne(Input input) {
        boolean plain = run(input).judged();
        Json whole = input.whole();
        for (String leaf : Canaries.leaves(whole)) {
            String shape = input.kind + " " + Canaries.shape(leaf);
            if (!leaf.startsWith(input.single) || !done.add(shape)) {
                continue;
            }
            String canary = canaries.next(input.label + leaf);
            Json changed =
                    Canaries.changed(whole, "", path -> path.equals(leaf) ? Optional.of(canary) : Optional.empty());
            Traces traces = run(input.planted(changed));
            if (plain && !traces.judged()) {
                structural.add(shape);
            }
        }
    }

    private void allTogether(Input input) {
        // A document inside a string is planted leaf by leaf, so the string that holds it stays one.
        Set<String> embedded = new HashSet<>();
        for (String leaf : Canaries.leaves(input.whole())) {
            for (int i = leaf.indexOf('!'); i > 0; i = leaf.indexOf('!', i + 1)) {
                embedded.add(leaf.substring(0, i));
            }
        }
        run(input.planted(Canaries.changed(
                input.whole(),
                "",
                path -> structural.contains(input.kind + " " + Canaries.shape(path)) || embedded.contains(path)
                        ? Optional.empty()
                        : Optional.of(canaries.next(input.label + path)))));
    }

    private Traces run(Input input) {
        Traces traces = Traces.of(
                bytes(input.message),
                content -> input.decoding.of(JsonReader.parse(content)),
                new Companions(input.companions),
                NOW);
        runs++;
        judged += traces.judged() ? 1 : 0;
        assertThat(traces.leaks().stream().map(canaries::placeOf))
                .as(input.label)
                .isEmpty();
        return traces;
    }

    private void brokenInTheMiddle(Path file) throws IOException {
        String canary = canaries.next(file.toString());
        String text = Files.readString(file);
        byte[] broken = (text.substring(0, text.length() / 2) + canary + text.substring(text.length() / 2))
                .getBytes(StandardCharsets.UTF_8);

        Traces traces = Traces.of(
                broken,
                content -> ProviderInputs.decode(new String(content, StandardCharsets.UTF_8), NOW),
                new Companions(Map.of()),
                NOW);

        assertThat(traces.leaks()).isEmpty();
    }

    private static Input input(CatalogueEntry entry, Cases.Case one) {
        Map<String, Json> companions = new TreeMap<>();
        one.document().companions().forEach((name, companion) -> {
            if (companion instanceof SourceDocument.Companion.Read(List<Json> documents)) {
                companions.put(name, Json.array(documents));
            }
        });
        Json message = ProviderForms.message(entry, one.document().main());
        Decoding decoding = switch (entry.provider()) {
            case AWS -> AwsEvents::decode;
            case AZURE ->
                json -> AzureEvents.decode(json, NOW, entry.apiVersion().orElseThrow());
            case GCP -> json -> GcpEvents.decode(json, NOW);
        };
        return new Input(one.place(), entry.serviceType().name(), message, companions, "", decoding);
    }

    private static Input input(String label, Json document, Map<String, Json> companions) {
        // Documents of one type have the same leaves: each is tried once.
        String type = Stream.of("resourceType", "type", "assetType", "eventType", "messageType", "detail-type")
                .flatMap(name -> document.at(name).text().stream())
                .findFirst()
                .orElse(document.at("asset").textAt("assetType", label));
        return new Input(label, type, document, companions, "/message", json -> ProviderInputs.decode(json, NOW));
    }

    private static byte[] bytes(Json message) {
        return message.write().getBytes(StandardCharsets.UTF_8);
    }

    /** A reader that knows companions by their name or type, and no resource. */
    private static class Companions implements ProviderReader {
        private final Map<String, Json> documents;

        private Companions(Map<String, Json> documents) {
            this.documents = documents;
        }

        @Override
        public CurrentRead current(ResourceId resource) {
            return new CurrentRead.Unavailable("nothing is read here");
        }

        @Override
        public Read companion(ResourceId parent, Wanted wanted) {
            Json found =
                    documents.getOrDefault(wanted.name(), documents.getOrDefault(wanted.type(), Json.JsonNull.NULL));
            return found.isNull() ? new Read.Unavailable("nothing is read here") : new Read.Found(found.elements());
        }
    }
}
