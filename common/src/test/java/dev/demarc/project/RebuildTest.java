package dev.demarc.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.project.Rebuild.Kind;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.StoredFinding;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final AccountId ACCOUNT = new AccountId(Provider.AWS, "111122223333");
    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final ControlId ENCRYPTION = new ControlId("DAT-01");
    private static final ControlId PUBLIC = new ControlId("NET-02");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final Rebuild rebuild = new Rebuild(store);

    @Test
    void whatTheProjectorWroteIsEqualToWhatFollowsFromTheObservations() {
        fill(200);

        Rebuild.Report report = rebuild.check(ignored -> {});

        assertThat(report.differences()).isEmpty();
        assertThat(report.observations()).isGreaterThan(100);
        assertThat(report.findings()).isPositive();
    }

    @Test
    void findsAndRepairsWhatWasNeverProjected() {
        fill(50);
        store.record(observation("late", 1, new Verdict.NonCompliant("open"), Labels.NONE));

        assertThat(kinds(rebuild.check(ignored -> {}))).contains(Kind.NOT_PROJECTED, Kind.FINDING_MISSING);
        rebuild.repair(ignored -> {});

        assertThat(rebuild.check(ignored -> {}).isEqual()).isTrue();
        assertThat(store.projected(bucket("late"))).isPresent();
    }

    @Test
    void findsAndRepairsCountersThatDrifted() {
        fill(50);
        CentralCounters drifted = new CentralCounters(store);
        drifted.addOneToEach();

        assertThat(kinds(rebuild.check(ignored -> {}))).containsOnly(Kind.COUNTER);
        rebuild.repair(ignored -> {});

        assertThat(rebuild.check(ignored -> {}).isEqual()).isTrue();
    }

    @Test
    void findsAndRepairsFindingsThatAreMissingOrStray() {
        fill(50);
        List<StoredFinding> stored = store.findingsOf(ACCOUNT, "", 1000);
        StoredFinding lost = stored.getFirst();
        StoredFinding changed = stored.getLast();
        StoredFinding forged = new StoredFinding(
                changed.tenant(),
                changed.resource(),
                changed.serviceType(),
                changed.control(),
                changed.verdict(),
                "forged",
                changed.version(),
                changed.since(),
                changed.labels(),
                changed.exposed());
        String stamp = store.countersOf(ACCOUNT).stamp();
        store.repair(
                ACCOUNT,
                stamp,
                List.of(lost, changed),
                List.of(forged),
                store.countersOf(ACCOUNT).counters());

        assertThat(kinds(rebuild.check(ignored -> {}))).containsOnly(Kind.FINDING_MISSING, Kind.FINDING_STRAY);
        rebuild.repair(ignored -> {});

        assertThat(rebuild.check(ignored -> {}).isEqual()).isTrue();
        assertThat(store.findingsOf(ACCOUNT, "", 1000)).containsExactlyElementsOf(stored);
    }

    @Test
    void findsAndRepairsAProjectedResourceWithoutObservation() {
        fill(5);
        Observation ghost = observation("ghost", 1, new Verdict.NonCompliant("open"), Labels.NONE);
        Projected state = Projected.advance(Optional.empty(), ghost, Scope.MAIN, ignored -> false);
        store.project(Projection.between(Optional.empty(), state, Optional.empty()));

        assertThat(kinds(rebuild.check(ignored -> {}))).contains(Kind.NO_OBSERVATION);
        rebuild.repair(ignored -> {});

        assertThat(rebuild.check(ignored -> {}).isEqual()).isTrue();
    }

    @Test
    void aRepairKeepsSinceWhenAFindingIsOpen() {
        store.record(observation("old", 1, new Verdict.NonCompliant("open"), Labels.NONE));
        project();
        store.record(observation("old", 5, new Verdict.NonCompliant("still open"), Labels.NONE));
        project();
        Instant since = store.findingsOf(ACCOUNT, "", 10).getFirst().since();
        new CentralCounters(store).addOneToEach();

        rebuild.repair(ignored -> {});

        assertThat(store.findingsOf(ACCOUNT, "", 10).getFirst().since())
                .isEqualTo(since)
                .isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void aCheckChangesNothing() {
        fill(20);
        store.record(observation("late", 1, new Verdict.NonCompliant("open"), Labels.NONE));
        Map<RollupKey, Long> before = store.countersOf(ACCOUNT).counters();

        rebuild.check(ignored -> {});

        assertThat(store.countersOf(ACCOUNT).counters()).isEqualTo(before);
        assertThat(store.projected(bucket("late"))).isEmpty();
    }

    private static List<Kind> kinds(Rebuild.Report report) {
        return report.differences().stream().map(Rebuild.Difference::kind).toList();
    }

    private void fill(int resources) {
        Random random = new Random(7);
        for (int version = 1; version <= 3; version++) {
            for (int i = 0; i < resources; i++) {
                if (random.nextInt(4) > 0) {
                    store.record(random(i, version, random));
                }
            }
            project();
        }
    }

    private static Observation random(int i, int version, Random random) {
        if (random.nextInt(10) == 0) {
            return Observation.tombstone(bucket("b" + i), BUCKET, new Version(NOON.plusSeconds(version), 0));
        }
        Labels labels = random.nextBoolean()
                ? new Labels(Optional.of(Labels.Level.HIGH), Optional.of(Labels.Level.LOW), Optional.of("team"))
                : Labels.NONE;
        return observation(
                "b" + i,
                version,
                random.nextBoolean() ? new Verdict.Compliant(List.of("x")) : new Verdict.Unknown("y"),
                labels);
    }

    private void project() {
        store.drain(new Projector(store)::apply);
    }

    private static ResourceId bucket(String name) {
        return new ResourceId(Provider.AWS, ACCOUNT.account(), "eu-west-1", "AWS::S3::Bucket", name);
    }

    private static Observation observation(String name, int second, Verdict encryption, Labels labels) {
        return new Observation(
                bucket(name),
                BUCKET,
                new Version(NOON.plusSeconds(second), 0),
                Observation.State.LIVE,
                "rev-1",
                labels,
                new TreeMap<>(Map.of(ENCRYPTION, encryption, PUBLIC, new Verdict.NotApplicable("no endpoint"))));
    }

    /** Puts counters wrong, as a bare addition that ran twice would. */
    private record CentralCounters(InMemoryStore store) {
        void addOneToEach() {
            Map<RollupKey, Long> wrong = new HashMap<>(store.countersOf(ACCOUNT).counters());
            wrong.replaceAll((key, count) -> count + 1);
            store.repair(ACCOUNT, store.countersOf(ACCOUNT).stamp(), List.of(), List.of(), wrong);
        }
    }
}
