package dev.demarc.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePipelineTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-11-24T05:00:00Z");
    private static final ResourceId BUCKET = FakeCloud.bucket("invoices");

    private final InMemoryStore store = new InMemoryStore();
    private final FakeCloud cloud = new FakeCloud();
    private final List<Duration> waits = new ArrayList<>();
    private final ChangePipeline pipeline = new ChangePipeline(cloud.observer(), cloud, store, store, retry());

    @Test
    void readsTheCurrentStateOfAResourceWhoseEventCarriesNoBody() {
        cloud.put("invoices", CHANGED, "billing");

        Outcome outcome = pipeline.handle(touched(CHANGED), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Recorded());
        assertThat(owner()).contains("billing");
    }

    @Test
    void readsTheCurrentStateForABodyThatIsOnlyAPart() {
        cloud.put("invoices", CHANGED, "billing");

        pipeline.handle(
                new ChangeEvent.Changed(
                        BUCKET,
                        version(CHANGED),
                        Map.of("owner", "old"),
                        Json.object().build(),
                        false),
                NOW);

        assertThat(owner()).contains("billing");
        assertThat(cloud.reads).hasSize(1);
    }

    @Test
    void readsTheParentOfADocumentThatChanged() {
        cloud.put("invoices", CHANGED, "billing");

        Outcome outcome = pipeline.handle(companion(CHANGED.plusSeconds(5)), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Recorded());
        assertThat(stored().version().observedAt()).isEqualTo(CHANGED.plusSeconds(5));
    }

    @Test
    void keepsTheVersionOfTheReadWhenTheResourceHasChangedAgainSince() {
        cloud.put("invoices", CHANGED.plusSeconds(30), "billing");

        pipeline.handle(touched(CHANGED), NOW);

        assertThat(stored().version().observedAt()).isEqualTo(CHANGED.plusSeconds(30));
    }

    @Test
    void triesAReadAgainThatFailsForTheMoment() {
        cloud.put("invoices", CHANGED, "billing");
        cloud.readFails = failing(2);

        assertThat(pipeline.handle(touched(CHANGED), NOW)).isEqualTo(new Outcome.Recorded());
        assertThat(waits).hasSize(2);
    }

    @Test
    void throwsAReadThatKeepsFailingAfterABoundedNumberOfCalls() {
        cloud.readFails = failing(99);

        assertThatThrownBy(() -> pipeline.handle(touched(CHANGED), NOW)).isInstanceOf(Transient.class);
        assertThat(cloud.reads).hasSize(3);
        assertThat(store.observation(BUCKET)).isEmpty();
    }

    @Test
    void makesABoundedNumberOfOutsideCallsForOneEventOfAnyType() {
        long mostCompanions = Catalogue.bundled().serviceTypes().stream()
                .flatMap(type -> Catalogue.bundled().entry(type).stream())
                .mapToLong(entry -> entry.companions().size())
                .max()
                .orElseThrow();

        // 3 attempts × (read the resource, read each companion, write the observation, write evidence).
        assertThat(3 * (1 + mostCompanions + 2)).isLessThanOrEqualTo(100);
    }

    @Test
    void saysUnknownWithThePermissionWhenTheReadIsDenied() {
        cloud.absent = new ProviderReader.CurrentRead.Denied("s3:GetBucketPolicy");

        pipeline.handle(touched(CHANGED), NOW);

        assertThat(unknowns()).isNotEmpty().allMatch(reason -> reason.contains("permission s3:GetBucketPolicy"));
        assertThat(passes()).isEmpty();
    }

    @Test
    void leavesATombstoneWhenTheReadSaysThatTheResourceIsGone() {
        assertThat(pipeline.handle(touched(CHANGED), NOW)).isEqualTo(new Outcome.Deleted());
        assertThat(stored().isLive()).isFalse();
    }

    @Test
    void readsAgainUntilTheAnswerIsAsNewAsTheChange() {
        cloud.clock = ProviderReader.Clock.OF_EVENTS;
        cloud.put("invoices", CHANGED.minusSeconds(3600), "old");
        AtomicInteger reads = new AtomicInteger();
        cloud.readFails = () -> {
            if (reads.incrementAndGet() == 2) {
                cloud.put("invoices", CHANGED, "new");
            }
            return null;
        };

        pipeline.handle(touched(CHANGED), NOW);

        assertThat(owner()).contains("new");
        assertThat(reads).hasValue(2);
    }

    @Test
    void neverPassesAnOlderAnswerOffAsTheStateAfterTheChange() {
        cloud.clock = ProviderReader.Clock.OF_EVENTS;
        cloud.put("invoices", CHANGED.minusSeconds(3600), "old");
        pipeline.handle(touched(CHANGED.minusSeconds(3600)), NOW);
        assertThat(owner()).contains("old");

        assertThatThrownBy(() -> pipeline.handle(touched(CHANGED), NOW))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("older than its last change");

        assertThat(stored().version()).isEqualTo(version(CHANGED));
        assertThat(passes()).isEmpty();
        assertThat(unknowns()).anyMatch(reason -> reason.contains("older than its last change"));
    }

    @Test
    void judgesTheResourceAtALaterDeliveryOnceTheAnswerIsThere() {
        cloud.clock = ProviderReader.Clock.OF_EVENTS;
        cloud.put("invoices", CHANGED.minusSeconds(3600), "old");
        assertThatThrownBy(() -> pipeline.handle(touched(CHANGED), NOW)).isInstanceOf(Transient.class);
        cloud.put("invoices", CHANGED, "new");

        assertThat(pipeline.handle(touched(CHANGED), NOW)).isEqualTo(new Outcome.Recorded());
        assertThat(owner()).contains("new");
    }

    @Test
    void takesNothingBackWhenADuplicateMeetsAnOlderAnswer() {
        cloud.clock = ProviderReader.Clock.OF_EVENTS;
        cloud.put("invoices", CHANGED, "new");
        pipeline.handle(touched(CHANGED), NOW);
        cloud.put("invoices", CHANGED.minusSeconds(3600), "old");

        assertThat(pipeline.handle(touched(CHANGED), NOW)).isEqualTo(new Outcome.Older());
        assertThat(owner()).contains("new");
    }

    @Test
    void takesAnAnswerAsItIsWhenItsClockDoesNotCompareWithTheEvents() {
        cloud.put("invoices", CHANGED.minusSeconds(3600), "billing");

        assertThat(pipeline.handle(touched(CHANGED), NOW)).isEqualTo(new Outcome.Recorded());
        assertThat(owner()).contains("billing");
        assertThat(stored().version()).isEqualTo(version(CHANGED));
    }

    @Test
    void readsTheCompanionWhenTheDocumentOfTheEventIsOlderThanTheResource() {
        GoogleBucket bucket = new GoogleBucket(CHANGED.plusSeconds(60));

        bucket.pipeline(store).handle(bucket.policy(CHANGED, "roles/owner", "user:a@example.org"), NOW);

        assertThat(bucket.companionReads).contains("iam-policy");
    }

    @Test
    void judgesTheDocumentOfTheEventWhenNothingIsNewer() {
        GoogleBucket bucket = new GoogleBucket(CHANGED.minusSeconds(60));

        bucket.pipeline(store).handle(bucket.policy(CHANGED, "roles/owner", "user:a@example.org"), NOW);

        assertThat(bucket.companionReads).doesNotContain("iam-policy");
        assertThat(store.observation(bucket.id).orElseThrow().verdicts().values())
                .anyMatch(verdict ->
                        verdict instanceof Verdict.NonCompliant(String reason) && reason.contains("iam-roles"));
    }

    @Test
    void tellsCompanionsOfOneTypeApartByTheirNames() {
        Json body = Json.object()
                .with(
                        "configuration",
                        Json.object().with("LaunchType", "FARGATE").build())
                .build();
        ResourceId service =
                new ResourceId(Provider.AWS, FakeCloud.ACCOUNT, "eu-west-1", "AWS::ECS::Service", "basket");

        pipeline.handle(new ChangeEvent.Changed(service, version(CHANGED), Map.of(), body, true), NOW);

        assertThat(cloud.wanted.stream()
                        .filter(one -> one.type().equals("AWS::IAM::Role"))
                        .map(ProviderReader.Wanted::name))
                .containsExactlyInAnyOrder("task-role", "execution-role");
    }

    @Test
    void datesFeedEvidenceByTheEvent() {
        pipeline.handle(deleted("a", CHANGED), NOW);

        assertThat(evidence()).containsExactly(CHANGED);
    }

    @Test
    void neverDatesFeedEvidenceLaterThanNow() {
        pipeline.handle(deleted("a", NOW.plus(Duration.ofHours(12))), NOW);

        assertThat(evidence()).containsExactly(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-25T06:00:01Z"})
    void rejectsAnEventWithATimeThatCannotBeTrueAndLeavesNothingOfIt(String time) {
        Instant at = Instant.parse(time);
        cloud.put("invoices", CHANGED, "billing");

        assertThat(List.of(touched(at), companion(at), deleted("invoices", at)))
                .allSatisfy(event -> assertThat(pipeline.handle(event, NOW)).isInstanceOf(Outcome.Rejected.class));

        assertThat(store.observation(BUCKET)).isEmpty();
        assertThat(evidence()).isEmpty();
    }

    @Test
    void takesAnEventOfAClockThatIsAheadByLess() {
        Outcome outcome = pipeline.handle(deleted("invoices", NOW.plus(Duration.ofDays(1))), NOW);

        assertThat(outcome).isEqualTo(new Outcome.Deleted());
    }

    @Test
    void leavesFeedEvidenceAlsoForAnEventThatIsOlderThanWhatIsStored() {
        pipeline.handle(deleted("a", CHANGED), NOW);
        InMemoryStore other = new InMemoryStore();
        new ChangePipeline(cloud.observer(), cloud, store, other).handle(deleted("a", CHANGED.minusSeconds(1)), NOW);

        assertThat(evidence(other)).containsExactly(CHANGED.minusSeconds(1));
    }

    @Test
    void writesFeedEvidenceOncePerStepAndAgainAfterIt() {
        List<Instant> written = new ArrayList<>();
        InMemoryStore counting = new InMemoryStore() {
            @Override
            public synchronized void putFeedEvidence(FeedEvidence evidence) {
                written.add(evidence.lastEventAt());
                super.putFeedEvidence(evidence);
            }
        };
        ChangePipeline.Options options =
                new ChangePipeline.Options((event, outcome) -> {}, Retry.none(), Duration.ofMinutes(1));
        ChangePipeline stepping = new ChangePipeline(cloud.observer(), cloud, counting, counting, options);

        Stream.of(0, 30, 59, 61, 90, 200)
                .forEach(seconds -> stepping.handle(deleted("a", CHANGED.plusSeconds(seconds)), NOW));

        assertThat(written).containsExactly(CHANGED, CHANGED.plusSeconds(61), CHANGED.plusSeconds(200));
    }

    @Test
    void leavesNewerFeedEvidenceAloneAfterARestart() {
        pipeline.handle(deleted("a", CHANGED), NOW);
        ChangePipeline restarted = new ChangePipeline(cloud.observer(), cloud, store, store);

        restarted.handle(deleted("b", CHANGED.minusSeconds(7200)), NOW);
        assertThat(evidence()).containsExactly(CHANGED);

        restarted.handle(deleted("c", CHANGED.plusSeconds(60)), NOW);
        restarted.handle(deleted("d", CHANGED.plusSeconds(3600)), NOW);
        assertThat(evidence()).containsExactly(CHANGED.plusSeconds(3600));
    }

    @Test
    void leavesEvidenceAtTheNextDeliveryWhenTheFirstOneFailedThere() {
        AtomicInteger tries = new AtomicInteger();
        InMemoryStore flaky = new InMemoryStore() {
            @Override
            public synchronized void putFeedEvidence(FeedEvidence evidence) {
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("throttled");
                }
                super.putFeedEvidence(evidence);
            }
        };
        ChangePipeline delivered = new ChangePipeline(cloud.observer(), cloud, flaky, flaky);
        assertThatThrownBy(() -> delivered.handle(deleted("a", CHANGED), NOW)).hasMessage("throttled");

        assertThat(delivered.handle(deleted("a", CHANGED), NOW)).isEqualTo(new Outcome.Unchanged());
        assertThat(evidence(flaky)).containsExactly(CHANGED);
    }

    private Retry retry() {
        return new Retry(Retry.Limits.STANDARD, InstantSource.fixed(NOW), waits::add, new Random(7));
    }

    private static java.util.function.Supplier<RuntimeException> failing(int times) {
        AtomicInteger calls = new AtomicInteger();
        return () -> calls.incrementAndGet() <= times ? new Transient("throttled") : null;
    }

    private static Version version(Instant at) {
        return new Version(at, 0);
    }

    private static ChangeEvent touched(Instant at) {
        return new ChangeEvent.Touched(BUCKET, version(at), "the event does not carry the configuration");
    }

    private static ChangeEvent companion(Instant at) {
        return new ChangeEvent.CompanionChanged(BUCKET, "s3:GetBucketPolicy", version(at), Json.JsonNull.NULL);
    }

    private static ChangeEvent deleted(String name, Instant at) {
        return new ChangeEvent.Deleted(FakeCloud.bucket(name), version(at));
    }

    private Observation stored() {
        return store.observation(BUCKET).orElseThrow();
    }

    private Optional<String> owner() {
        return stored().labels().owner();
    }

    private List<String> unknowns() {
        return stored().verdicts().values().stream()
                .filter(Verdict.Unknown.class::isInstance)
                .map(Verdict::reason)
                .filter(reason -> !reason.startsWith("needs "))
                .toList();
    }

    private List<Verdict> passes() {
        return stored().verdicts().values().stream()
                .filter(Verdict.Compliant.class::isInstance)
                .toList();
    }

    private List<Instant> evidence() {
        return evidence(store);
    }

    private static List<Instant> evidence(InMemoryStore store) {
        return store.feedEvidence(Scope.operator(Scope.MAIN)).stream()
                .map(FeedEvidence::lastEventAt)
                .toList();
    }

    /** A bucket of Google whose policy is an asset of its own. */
    private static final class GoogleBucket implements ProviderReader {
        private final ResourceId id =
                new ResourceId(Provider.GCP, "618203947715", "eu", "storage.googleapis.com/Bucket", "//storage/b");
        private final List<String> companionReads = new ArrayList<>();
        private final Instant changedAt;

        private GoogleBucket(Instant changedAt) {
            this.changedAt = changedAt;
        }

        ChangePipeline pipeline(InMemoryStore store) {
            return new ChangePipeline(new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT), this, store, store);
        }

        ChangeEvent policy(Instant at, String role, String member) {
            Json policy =
                    JsonReader.parse("{\"bindings\":[{\"role\":\"" + role + "\",\"members\":[\"" + member + "\"]}]}");
            return new ChangeEvent.CompanionChanged(id, "iam-policy", version(at), policy);
        }

        @Override
        public CurrentRead current(ResourceId resource) {
            Json body = JsonReader.parse("{\"resource\":{\"data\":{\"name\":\"b\"}}}");
            return new CurrentRead.Exists(new Current(id, version(changedAt), Map.of(), body));
        }

        @Override
        public Read companion(ResourceId parent, Wanted wanted) {
            if (wanted.scope().equals("resource")) {
                companionReads.add(wanted.type());
            }
            return new Read.Found(List.of());
        }
    }
}
