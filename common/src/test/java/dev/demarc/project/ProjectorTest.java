package dev.demarc.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.RollupKey;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.ObservationChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectorTest {
    private static final ServiceType BUCKET = new ServiceType("AWS::S3::Bucket");
    private static final String ACCOUNT = "111122223333";
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final ControlId RESTORE = new ControlId("DAT-06");
    private static final ControlId ENDPOINT = new ControlId("NET-01");
    private static final Labels LABELLED =
            new Labels(Optional.of(Level.HIGH), Optional.of(Level.LOW), Optional.of("blue"));
    private static final Verdict PASS = new Verdict.Compliant(List.of("versioning"));
    private static final Verdict FAIL = new Verdict.NonCompliant("versioning is off");
    private static final Verdict UNKNOWN = new Verdict.Unknown("versioning is missing");
    private static final Verdict OUTSIDE = new Verdict.NotApplicable("a log bucket");

    private final InMemoryStore store = new InMemoryStore();
    private final Projector projector = new Projector(store);

    @Test
    void opensAFindingForWhatFailedAndForWhatCouldNotBeJudged() {
        take(observed("a", 1, Map.of(RESTORE, FAIL, ENDPOINT, UNKNOWN)));

        assertThat(store.findingsOf(bucket("a")))
                .extracting(StoredFinding::control, StoredFinding::verdict, StoredFinding::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(RESTORE, "NON_COMPLIANT", "versioning is off"),
                        org.assertj.core.groups.Tuple.tuple(ENDPOINT, "UNKNOWN", "versioning is missing"));
    }

    @Test
    void opensNoFindingForWhatPassedOrDoesNotApplyButCountsBoth() {
        take(observed("a", 1, Map.of(RESTORE, PASS, ENDPOINT, OUTSIDE)));

        assertThat(store.findingsOf(bucket("a"))).isEmpty();
        assertThat(store.rollups())
                .containsOnly(
                        entry(counter(RESTORE, "COMPLIANT"), 1L),
                        entry(counter(ENDPOINT, "NOT_APPLICABLE"), 1L),
                        entry(counter(Projector.LABELLED, "COMPLIANT"), 1L));
    }

    @Test
    void keepsTheTimeOfTheFirstFailureWhileTheControlKeepsFailing() {
        take(observed("a", 1, Map.of(RESTORE, FAIL)));
        take(observed("a", 2, Map.of(RESTORE, UNKNOWN)));
        take(observed("a", 3, Map.of(RESTORE, FAIL)));

        StoredFinding finding = store.findingsOf(bucket("a")).getFirst();

        assertThat(finding.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(finding.version()).isEqualTo(version(3));
    }

    @Test
    void startsAgainWhenAFixedControlFailsAgain() {
        take(observed("a", 1, Map.of(RESTORE, FAIL)));
        take(observed("a", 2, Map.of(RESTORE, PASS)));

        assertThat(store.findingsOf(bucket("a"))).isEmpty();

        take(observed("a", 3, Map.of(RESTORE, FAIL)));

        assertThat(store.findingsOf(bucket("a")).getFirst().since()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void forgetsADeletedResource() {
        take(observed("a", 1, Map.of(RESTORE, FAIL)));
        take(observed("b", 1, Map.of(RESTORE, FAIL)));

        take(Observation.tombstone(bucket("a"), BUCKET, version(2)));

        assertThat(store.findingsOf(bucket("a"))).isEmpty();
        assertThat(store.rollups()).contains(entry(counter(RESTORE, "NON_COMPLIANT"), 1L));
    }

    @Test
    void countsAResourceUnderItsNewVariantOnly() {
        ServiceType variant = new ServiceType("AWS::S3::Bucket#directory");
        take(observed("a", 1, Map.of(RESTORE, PASS)));

        take(new Observation(
                bucket("a"),
                variant,
                version(2),
                Observation.State.LIVE,
                "rev-1",
                LABELLED,
                new TreeMap<>(Map.of(RESTORE, PASS))));

        assertThat(store.rollups().keySet()).extracting(RollupKey::serviceType).containsOnly(variant);
    }

    @Test
    void countsLiveResourcesOfTypesThatTheCatalogueDoesNotKnow() {
        Observation queue =
                new Observation(bucket("q"), BUCKET, version(1), Observation.State.LIVE, "", LABELLED, new TreeMap<>());

        take(queue);

        assertThat(store.rollups()).contains(entry(counter(Projector.RECORDED_TYPE, Projector.UNCATALOGUED), 1L));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # sensitivity, criticality, verdict, reason
            HIGH, LOW, COMPLIANT,
            HIGH,    , NON_COMPLIANT, no tag states business criticality
                , LOW, NON_COMPLIANT, no tag states data sensitivity
                ,    , NON_COMPLIANT, no tag states data sensitivity or business criticality
            """)
    void judgesTheLabelsOfAResource(
            @Nullable Level sensitivity, @Nullable Level criticality, String verdict, @Nullable String reason) {
        Labels labels =
                new Labels(Optional.ofNullable(sensitivity), Optional.ofNullable(criticality), Optional.empty());

        take(observed("a", 1, labels, Map.of(RESTORE, PASS)));

        assertThat(store.rollups()).contains(entry(counter(Projector.LABELLED, verdict), 1L));
        assertThat(store.findingsOf(bucket("a")).stream().map(StoredFinding::reason))
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void changesNothingWhenAChangeIsRepeatedOrLate() {
        Observation first = observed("a", 1, Map.of(RESTORE, FAIL, ENDPOINT, PASS));
        Observation second = observed("a", 2, Map.of(RESTORE, PASS, ENDPOINT, FAIL));
        take(first);
        take(second);
        List<StoredFinding> findings = store.findings("", 10);
        Map<RollupKey, Long> counters = store.rollups();

        projector.apply(new ObservationChange("9", Optional.empty(), first));
        projector.apply(new ObservationChange("9", Optional.of(first), second));

        assertThat(store.findings("", 10)).isEqualTo(findings);
        assertThat(store.rollups()).isEqualTo(counters);
    }

    @Test
    void takesAJudgementByALaterCatalogueAtTheSameVersion() {
        take(observed("a", 1, Map.of(RESTORE, PASS)));

        take(observed("a", 1, Map.of(RESTORE, FAIL)));

        assertThat(store.rollups())
                .contains(entry(counter(RESTORE, "NON_COMPLIANT"), 1L))
                .doesNotContainKey(counter(RESTORE, "COMPLIANT"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void endsInTheTruthHoweverTheChangesArrive(long seed) {
        Random random = new Random(seed);
        List<Observation> written = history(random);
        Collections.shuffle(written, random);
        List<ObservationChange> changes = new ArrayList<>();
        for (Observation observation : written) {
            store.record(observation);
            store.drain(changes::add);
            if (random.nextInt(3) == 0) {
                changes.forEach(projector::apply);
            }
        }
        changes.addAll(changes.subList(0, changes.size() / 2));
        Collections.shuffle(changes, random);

        changes.forEach(projector::apply);

        Map<RollupKey, Long> counters = new HashMap<>();
        List<String> failing = new ArrayList<>();
        for (Observation newest : newest(written)) {
            newest.verdicts().forEach((control, verdict) -> {
                counters.merge(counter(control, verdict.word()), 1L, Long::sum);
                if (verdict.equals(FAIL) || verdict.equals(UNKNOWN)) {
                    failing.add(newest.resource().key() + "|" + control);
                }
            });
            if (newest.isLive()) {
                counters.merge(counter(Projector.LABELLED, "COMPLIANT"), 1L, Long::sum);
            }
        }
        assertThat(store.rollups()).isEqualTo(counters);
        assertThat(store.findings("", 1000).stream().map(StoredFinding::id))
                .containsExactlyInAnyOrderElementsOf(failing);
    }

    @Test
    void triesAgainWhenAnotherProjectorWasFaster() {
        Observation first = observed("a", 1, Map.of(RESTORE, FAIL));
        Observation second = observed("a", 2, Map.of(RESTORE, FAIL));
        OvertakenStore overtaken = new OvertakenStore(1);
        overtaken.record(first);
        overtaken.record(second);

        new Projector(overtaken).apply(new ObservationChange("1", Optional.empty(), first));

        assertThat(overtaken.projected(bucket("a"))).contains(second);
        assertThat(overtaken.rollups()).contains(entry(counter(RESTORE, "NON_COMPLIANT"), 1L));
    }

    @Test
    void failsVisiblyWhenItIsAlwaysOvertaken() {
        Observation first = observed("a", 1, Map.of(RESTORE, FAIL));
        OvertakenStore overtaken = new OvertakenStore(Integer.MAX_VALUE);
        overtaken.record(first);
        Projector unlucky = new Projector(overtaken);
        ObservationChange change = new ObservationChange("1", Optional.empty(), first);

        assertThatThrownBy(() -> unlucky.apply(change)).hasMessageContaining("try again");
        assertThat(overtaken.rollups()).isEmpty();
    }

    /** Answers the first projections as if another projector had been faster. */
    private static final class OvertakenStore extends InMemoryStore {
        private int refusals;

        OvertakenStore(int refusals) {
            this.refusals = refusals;
        }

        @Override
        public synchronized boolean project(Optional<Observation> expected, Observation now, Projection projection) {
            return refusals-- <= 0 && super.project(expected, now, projection);
        }
    }

    private static List<Observation> history(Random random) {
        List<Verdict> verdicts = List.of(PASS, FAIL, UNKNOWN, OUTSIDE);
        List<Observation> history = new ArrayList<>();
        for (int resource = 0; resource < 6; resource++) {
            for (int second = 1; second <= 5; second++) {
                boolean gone = random.nextInt(5) == 0;
                history.add(
                        gone
                                ? Observation.tombstone(bucket("b" + resource), BUCKET, version(second))
                                : observed(
                                        "b" + resource,
                                        second,
                                        Map.of(
                                                RESTORE, verdicts.get(random.nextInt(4)),
                                                ENDPOINT, verdicts.get(random.nextInt(4)))));
            }
        }
        return history;
    }

    private static List<Observation> newest(List<Observation> written) {
        Map<ResourceId, Observation> newest = new HashMap<>();
        written.forEach(one ->
                newest.merge(one.resource(), one, (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b));
        return List.copyOf(newest.values());
    }

    private void take(Observation observation) {
        store.record(observation);
        store.drain(projector::apply);
    }

    private static ResourceId bucket(String name) {
        return new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", BUCKET.name(), name);
    }

    private static Version version(int second) {
        return new Version(NOON.plusSeconds(second), 0);
    }

    private static Observation observed(String name, int second, Map<ControlId, Verdict> verdicts) {
        return observed(name, second, LABELLED, verdicts);
    }

    private static Observation observed(String name, int second, Labels labels, Map<ControlId, Verdict> verdicts) {
        return new Observation(
                bucket(name),
                BUCKET,
                version(second),
                Observation.State.LIVE,
                "rev-1",
                labels,
                new TreeMap<>(verdicts));
    }

    private static RollupKey counter(ControlId control, String verdict) {
        return new RollupKey(Provider.AWS, ACCOUNT, BUCKET, control.value(), verdict);
    }
}
