package dev.demarc.aws;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.project.Projector;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.Poison;
import dev.demarc.record.Projection;
import dev.demarc.record.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingProjectorFunctionTest {
    private final Failing store = new Failing();
    private final List<String> log = new ArrayList<>();
    private final FindingProjectorFunction function =
            new FindingProjectorFunction(new Projector(store), store, () -> NOON, log::add);

    /** Fails the projections of one resource. */
    private static final class Failing extends InMemoryStore {
        private String failing = "";
        private RuntimeException failure = new IllegalStateException("the table does not answer");

        @Override
        public synchronized boolean project(Projection projection) {
            if (projection.resource().nativeId().equals(failing)) {
                throw failure;
            }
            return super.project(projection);
        }
    }

    @Test
    void projectsEachRecord() throws IOException {
        assertThat(handle(record("1", failing("a", 1)), record("2", failing("b", 1))))
                .isEmpty();

        assertThat(store.projected(bucket("a"))).isPresent();
        assertThat(store.projected(bucket("b"))).isPresent();
        assertThat(log).isEmpty();
    }

    @Test
    void quarantinesPoisonAndGoesOn() throws IOException {
        Json foreign = moved(record("2", failing("b", 1)), "aws#444455556666#0");
        Json nameless = Json.object().with("eventName", "INSERT").build();

        assertThat(handle(record("1", failing("a", 1)), foreign, nameless, record("4", failing("c", 1))))
                .isEmpty();

        assertThat(store.projected(bucket("a"))).isPresent();
        assertThat(store.projected(bucket("b"))).isEmpty();
        assertThat(store.projected(bucket("c"))).isPresent();
        assertThat(store.poison(WHOLE, 10))
                .extracting(Poison::account)
                .containsExactlyInAnyOrder(
                        Optional.of(new AccountId(ACCOUNT.provider(), "444455556666")), Optional.empty());
        assertThat(log).hasSize(2).allSatisfy(line -> assertThat(line).contains("quarantine"));
    }

    static Stream<RuntimeException> unfit() {
        return Stream.of(
                new IllegalArgumentException("the body has 4000000 bytes"),
                new DateTimeException("year"),
                new ArithmeticException("long overflow"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void quarantinesWhatCannotBeProjectedAndGoesOn(RuntimeException failure) throws IOException {
        store.failing = "b";
        store.failure = failure;

        assertThat(handle(record("1", failing("a", 1)), record("2", failing("b", 1)), record("3", failing("c", 1))))
                .isEmpty();

        assertThat(store.projected(bucket("c"))).isPresent();
        assertThat(store.poison(WHOLE, 10)).singleElement().satisfies(poison -> {
            assertThat(poison.account()).contains(ACCOUNT);
            assertThat(poison.reason()).contains("cannot be projected").doesNotContain(failure.getMessage());
        });
    }

    @Test
    void quarantinesAnObservationThatIsDatedAhead() throws IOException {
        Observation ahead = Sample.gone("b", (int) Duration.ofDays(2).toSeconds());

        assertThat(handle(record("1", ahead), record("2", failing("c", 1)))).isEmpty();

        assertThat(store.projected(bucket("b"))).isEmpty();
        assertThat(store.projected(bucket("c"))).isPresent();
        assertThat(store.poison(WHOLE, 10)).extracting(Poison::account).containsExactly(Optional.of(ACCOUNT));
    }

    @Test
    void countsPoisonThatIsHandedOutAgainAsOneRecord() throws IOException {
        Json foreign = moved(record("2", failing("b", 1)), "aws#444455556666#0");

        handle(foreign);
        handle(foreign);

        assertThat(store.poison(WHOLE, 10)).extracting(Poison::deliveries).containsExactly(2L);
    }

    @Test
    void stopsAtTheRecordThatTheStoreFailsAndNamesIt() throws IOException {
        store.failing = "b";

        List<String> failures =
                handle(record("1", failing("a", 1)), record("2", failing("b", 1)), record("3", failing("c", 1)));

        assertThat(failures).containsExactly("2");
        assertThat(store.projected(bucket("a"))).isPresent();
        assertThat(store.projected(bucket("c"))).isEmpty();
        assertThat(log).singleElement().satisfies(line -> assertThat(line).contains("record 2"));
        assertThat(store.poison(WHOLE, 10)).isEmpty();
    }

    @Test
    void goesOnFromThereWhenTheStreamIsHandedOutAgain() throws IOException {
        store.failing = "b";
        handle(record("1", failing("a", 1)), record("2", failing("b", 1)));
        store.failing = "";

        assertThat(handle(record("2", failing("b", 1)), record("3", failing("c", 1))))
                .isEmpty();

        assertThat(store.projected(bucket("b"))).isPresent();
        assertThat(store.projected(bucket("c"))).isPresent();
    }

    private List<String> handle(Json... records) throws IOException {
        Json event = Json.object()
                .with("Records", Json.array(Arrays.asList(records)))
                .build();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.write().getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(() -> 60_000));
        return JsonReader.parse(output.toString(StandardCharsets.UTF_8)).at("batchItemFailures").elements().stream()
                .map(failure -> failure.textAt("itemIdentifier", ""))
                .toList();
    }

    /** As the stream gives it; the body may be plain text too, and stands for what a release wrote. */
    private static Json record(String sequence, Observation observation) {
        String key = observation.resource().key();
        Json image = Json.object()
                .with("pk", text(ACCOUNT.key() + "#" + Math.floorMod(key.hashCode(), 4)))
                .with("sk", text("R#" + key))
                .with("version", text(observation.version().sortable()))
                .with("state", text(observation.state().name()))
                .with("type", text(observation.serviceType().name()))
                .with("body", text(ObservationJson.write(observation).write()))
                .build();
        return record(sequence, image);
    }

    private static Json record(String sequence, Json image) {
        return Json.object()
                .with("eventName", "INSERT")
                .with(
                        "dynamodb",
                        Json.object()
                                .with("SequenceNumber", sequence)
                                .with("NewImage", image)
                                .build())
                .build();
    }

    private static Json moved(Json record, String partition) {
        Json.Builder image = Json.object();
        record.at("dynamodb").at("NewImage").members().forEach(image::with);
        return record(
                record.at("dynamodb").textAt("SequenceNumber", ""),
                image.with("pk", text(partition)).build());
    }

    private static Json text(String value) {
        return Json.object().with("S", value).build();
    }
}
