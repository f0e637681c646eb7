package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.Version;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Poison;
import dev.demarc.record.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final AccountId ACCOUNT = new AccountId(Provider.AWS, FakeCloud.ACCOUNT);

    private final InMemoryStore store = new InMemoryStore();
    private final FakeCloud cloud = new FakeCloud();
    private final Intake intake = intake(store);

    @Test
    void handlesEveryEventOfAMessage() {
        Intake.Receipt receipt = receive(intake, List.of(deleted("a"), deleted("b")));

        assertThat(receipt)
                .isEqualTo(new Intake.Receipt.Accepted(List.of(new Outcome.Deleted(), new Outcome.Deleted())));
        assertThat(poison()).isEmpty();
    }

    @Test
    void acceptsAMessageThatAsksForNothing() {
        Intake.Receipt receipt = receive(intake, List.of(new ChangeEvent.Ignored("a welcome")));

        assertThat(receipt).isInstanceOf(Intake.Receipt.Accepted.class);
        assertThat(poison()).isEmpty();
    }

    @Test
    void quarantinesWhatIsNoJsonWithItsPlaceAndWithoutItsContent() {
        Intake.Receipt receipt = intake.receive(
                bytes("{\"password\": hunter2"),
                content -> {
                    JsonReader.parse(content);
                    return List.of();
                },
                NOW);

        assertThat(receipt).isInstanceOf(Intake.Receipt.Quarantined.class);
        assertThat(poison()).singleElement().satisfies(one -> {
            assertThat(one.account()).contains(ACCOUNT);
            assertThat(one.source()).isEqualTo("aws-config-queue");
            assertThat(one.reason()).contains("line 1").doesNotContain("hunter2");
            assertThat(one.size()).isEqualTo(20);
        });
    }

    @Test
    void quarantinesAMessageThatBreaksTheDecoderWithoutItsContent() {
        Intake.Receipt receipt = intake.receive(
                bytes("x"),
                content -> {
                    throw new IllegalArgumentException("'hunter2' is not an id");
                },
                NOW);

        assertThat(receipt).isEqualTo(new Intake.Receipt.Quarantined("decoding failed: IllegalArgumentException"));
    }

    @Test
    void recordsTheGoodEventsOfAMessageThatIsQuarantinedForOneOfThem() {
        Intake.Receipt receipt =
                receive(intake, List.of(new ChangeEvent.Rejected("an item without a time"), deleted("b")));

        assertThat(receipt).isEqualTo(new Intake.Receipt.Quarantined("an item without a time"));
        assertThat(store.observation(FakeCloud.bucket("b"))).isPresent();
    }

    @Test
    void countsASecondDeliveryOfThePoisonInsteadOfKeepingItTwice() {
        receive(intake, List.of(new ChangeEvent.Rejected("no time")));
        receive(intake, List.of(new ChangeEvent.Rejected("no time")));

        assertThat(poison())
                .singleElement()
                .satisfies(one -> assertThat(one.deliveries()).isEqualTo(2));
    }

    @Test
    void throwsAFailureOfTheStoreAfterTheOtherEventsOfTheMessageAreHandled() {
        InMemoryStore broken = new InMemoryStore() {
            @Override
            public synchronized Outcome record(Observation observation) {
                if (observation.resource().nativeId().equals("unlucky")) {
                    throw new IllegalStateException("the table is throttled");
                }
                return super.record(observation);
            }
        };

        assertThatThrownBy(() -> receive(intake(broken), List.of(deleted("unlucky"), deleted("b"))))
                .hasMessage("the table is throttled");
        assertThat(broken.observation(FakeCloud.bucket("b"))).isPresent();
    }

    @Test
    void throwsWhenTheQuarantineCannotBeWrittenSoThatTheMessageIsDeliveredAgain() {
        InMemoryStore full = new InMemoryStore() {
            @Override
            public synchronized void quarantine(
                    Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
                throw new IllegalStateException("the table is throttled");
            }
        };

        assertThatThrownBy(() -> receive(intake(full), List.of(new ChangeEvent.Rejected("no time"))))
                .hasMessage("the table is throttled");
    }

    @Test
    void doesNotTakeAMalformedAnswerOfTheProviderForAMalformedMessage() {
        cloud.readFails = () -> new MalformedJson("not valid JSON at line 1, column 1");

        assertThatThrownBy(() -> receive(intake, List.of(touched("a")))).isInstanceOf(MalformedJson.class);
        assertThat(poison()).isEmpty();
    }

    private Intake intake(InMemoryStore into) {
        ChangePipeline pipeline = new ChangePipeline(cloud.observer(), cloud, into, into);
        return new Intake(pipeline, into, Optional.of(ACCOUNT), "aws-config-queue");
    }

    private static Intake.Receipt receive(Intake intake, List<ChangeEvent> events) {
        return intake.receive(bytes("message"), content -> events, NOW);
    }

    private static ChangeEvent deleted(String name) {
        return new ChangeEvent.Deleted(FakeCloud.bucket(name), new Version(NOW.minusSeconds(60), 0));
    }

    private static ChangeEvent touched(String name) {
        return new ChangeEvent.Touched(FakeCloud.bucket(name), new Version(NOW.minusSeconds(60), 0), "no body");
    }

    private List<Poison> poison() {
        return store.poison(Scope.operator(Scope.MAIN), 10);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
