package dev.demarc.project;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.DOUBT;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.LABELS;
import static dev.demarc.record.Sample.NETWORK;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.PASS;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Verdict;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectorTest {
    private static final ControlId RESTORE = new ControlId("DAT-06");
    private static final Verdict OUTSIDE = new Verdict.NotApplicable("a log bucket");

    private final InMemoryStore store = new InMemoryStore(Sample.TENANTS);
    private final Projector projector = new Projector(store);

    private void take(Observation observation) {
        store.record(observation);
        store.drain(projector::apply);
    }

    private List<StoredFinding> findings() {
        assertThat(Exactness.differences(store)).isEmpty();
        return store.findingsOf(ACCOUNT, "", 100);
    }

    private static RollupKey counter(ServiceType type, ControlId control, String verdict) {
        return new RollupKey(
                Scope.MAIN,
                Provider.AWS,
                ACCOUNT.account(),
                type,
                control,
                verdict,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void opensAFindingForWhatFailedAndForWhatCouldNotBeJudged() {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, DOUBT)));

        assertThat(findings())
                .extracting(StoredFinding::control, StoredFinding::verdict, StoredFinding::reason)
                .containsExactly(
                        tuple(ENCRYPTION, "NON_COMPLIANT", "encryption is off"),
                        tuple(NETWORK, "UNKNOWN", "encryption.at-rest is missing"));
    }

    @Test
    void opensNoFindingForWhatPassedOrDoesNotApplyButCountsBoth() {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, PASS, RESTORE, OUTSIDE)));

        assertThat(findings()).isEmpty();
        assertThat(store.rollups(WHOLE))
                .containsOnly(
                        entry(counter(BUCKET, ENCRYPTION, "COMPLIANT"), 1L),
                        entry(counter(BUCKET, RESTORE, "NOT_APPLICABLE"), 1L),
                        entry(counter(BUCKET, Projected.LABELLED, "COMPLIANT"), 1L),
                        entry(
                                counter(
                                        BUCKET,
                                        Projected.IN_WORKLOAD,
                                        "WORKLOAD " + LABELS.workload().orElseThrow()),
                                1L));
    }

    @Test
    void keepsTheTimeOfTheFirstFailureWhileTheControlKeepsFailing() {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL)));
        take(observed(bucket("a"), 2, Map.of(ENCRYPTION, DOUBT)));
        take(observed(bucket("a"), 3, Map.of(ENCRYPTION, FAIL)));

        StoredFinding finding = findings().getFirst();

        assertThat(finding.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(finding.version()).isEqualTo(version(3));
    }

    @Test
    void leavesAFindingAloneWhenAnotherControlChanges() {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, RESTORE, FAIL)));
        take(observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, RESTORE, DOUBT)));

        assertThat(findings()).extracting(StoredFinding::version).containsExactly(version(1), version(2));
    }

    @Test
    void writesNothingForANewVersionThatSaysTheSame() {
        take(failing("a", 1));
        String stamp = store.countersOf(ACCOUNT).stamp();

        take(failing("a", 2));

        assertThat(store.countersOf(ACCOUNT).stamp()).isEqualTo(stamp);
        assertThat(findings().getFirst().version()).isEqualTo(version(1));
    }

    @Test
    void startsAgainWhenAFixedControlFailsAgain() {
        take(failing("a", 1));
        take(passing("a", 2));
        take(failing("a", 3));

        assertThat(findings())
                .extracting(StoredFinding::verdict, StoredFinding::since)
                .containsExactly(tuple("NON_COMPLIANT", NOON.plusSeconds(3)));
    }

    @Test
    void forgetsADeletedResource() {
        take(failing("a", 1));
        take(failing("b", 1));

        take(gone("a", 2));

        assertThat(findings()).extracting(StoredFinding::resource).containsExactly(bucket("b"));
    }

    @Test
    void bringsADeletedResourceBackOnlyWithANewerVersion() {
        take(failing("a", 1));
        take(gone("a", 3));

        projector.apply(new ObservationChange("9", Optional.empty(), failing("a", 2)));
        projector.apply(new ObservationChange("9", Optional.empty(), failing("a", 3)));
        assertThat(findings()).isEmpty();

        take(failing("a", 4));
        assertThat(findings()).extracting(StoredFinding::since).containsExactly(NOON.plusSeconds(4));
    }

    @Test
    void doesNotBringADeletedResourceBackWhenItsTombstoneHasExpired() {
        InMemoryStore central = new InMemoryStore(Sample.TENANTS);
        Projector late = new Projector(central);
        late.apply(new ObservationChange("1", Optional.empty(), gone("a", 3)));

        // The store has no observation any more, so the message is all there is.
        late.apply(new ObservationChange("2", Optional.empty(), failing("a", 2)));

        assertThat(central.findingsOf(ACCOUNT, "", 10)).isEmpty();
        assertThat(central.rollups(WHOLE)).isEmpty();
    }

    @Test
    void takesAJudgementByALaterCatalogueAtTheSameVersion() {
        take(observed(bucket("a"), version(1), "rev-1", LABELS, Map.of(ENCRYPTION, PASS)));
        take(observed(bucket("a"), version(1), "rev-2", LABELS, Map.of(ENCRYPTION, FAIL, RESTORE, DOUBT)));

        assertThat(findings()).extracting(StoredFinding::control).containsExactly(ENCRYPTION, RESTORE);

        take(observed(bucket("a"), version(1), "rev-3", LABELS, Map.of(RESTORE, DOUBT)));

        assertThat(findings()).extracting(StoredFinding::control).containsExactly(RESTORE);
        assertThat(store.history(WHOLE, bucket("a"), "", 10)).hasSize(3);
    }

    @Test
    void countsAResourceUnderItsNewVariantOnly() {
        ServiceType variant = new ServiceType("AWS::S3::Bucket#directory");
        take(failing("a", 1));

        take(new Observation(
                bucket("a"),
                variant,
                version(2),
                Observation.State.LIVE,
                "rev-1",
                LABELS,
                new TreeMap<>(Map.of(ENCRYPTION, FAIL))));

        assertThat(findings()).extracting(StoredFinding::serviceType).containsExactly(variant);
        assertThat(store.rollups(WHOLE).keySet())
                .extracting(RollupKey::serviceType)
                .containsOnly(variant);
    }

    @Test
    void countsLiveResourcesOfTypesThatTheCatalogueDoesNotKnow() {
        take(observed(bucket("q"), version(1), "", LABELS, Map.of()));
        assertThat(store.rollups(WHOLE))
                .contains(entry(counter(BUCKET, Projected.RECORDED_TYPE, Projected.UNCATALOGUED), 1L));

        take(gone("q", 2));
        assertThat(store.rollups(WHOLE)).isEmpty();
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

        take(observed(bucket("a"), version(1), "rev-1", labels, Map.of(ENCRYPTION, PASS)));

        assertThat(store.rollups(WHOLE).keySet())
                .filteredOn(key -> key.control().equals(Projected.LABELLED))
                .extracting(RollupKey::verdict)
                .containsExactly(verdict);
        assertThat(findings().stream().map(StoredFinding::reason))
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void movesFindingsWhenLabelsChange() {
        take(failing("a", 1));
        Labels public1 = new Labels(Optional.of(Level.LOW), Optional.of(Level.LOW), Optional.empty());

        take(observed(bucket("a"), version(2), "rev-1", public1, Map.of(ENCRYPTION, FAIL)));

        assertThat(findings())
                .extracting(StoredFinding::labels, StoredFinding::since)
                .containsExactly(tuple(public1, NOON.plusSeconds(1)));
    }

    @Test
    void movesFindingsWhenTheResourceIsExposedAndWhenItNoLongerIs() {
        take(observed(bucket("a"), 1, Map.of(ENCRYPTION, FAIL, NETWORK, PASS)));
        take(observed(bucket("a"), 2, Map.of(ENCRYPTION, FAIL, NETWORK, FAIL)));
        assertThat(findings()).extracting(StoredFinding::exposed).containsExactly(true, true);

        take(observed(bucket("a"), 3, Map.of(ENCRYPTION, FAIL, NETWORK, PASS)));
        assertThat(findings())
                .extracting(StoredFinding::exposed, StoredFinding::verdict)
                .containsExactly(tuple(false, "NON_COMPLIANT"), tuple(false, "FIXED"));
    }

    @Test
    void movesEverythingWhenTheAccountMovesToAnotherTenant() {
        Map<AccountId, String> tenants = new HashMap<>();
        InMemoryStore moving = new InMemoryStore(account -> tenants.getOrDefault(account, Scope.MAIN));
        Projector mover = new Projector(moving);
        moving.record(failing("a", 1));
        moving.drain(mover::apply);

        tenants.put(ACCOUNT, Sample.OTHER);
        mover.apply(new ObservationChange("9", Optional.empty(), failing("a", 1)));

        assertThat(moving.rollups(WHOLE)).isEmpty();
        assertThat(moving.findingsByAge(WHOLE, AgeMark.START, 10)).isEmpty();
        assertThat(moving.findingsByAge(Scope.operator(Sample.OTHER), AgeMark.START, 10))
                .hasSize(1);
        assertThat(Exactness.differences(moving)).isEmpty();
    }

    @Test
    void leavesHistoryToThoseWhoReadIt() {
        take(failing("a", 1));
        HistoryEntry entry = store.history(WHOLE, bucket("a"), "", 1).getFirst();
        String stamp = store.countersOf(ACCOUNT).stamp();

        projector.apply(new StoreChange.HistoryAdded("9", entry));

        assertThat(store.countersOf(ACCOUNT).stamp()).isEqualTo(stamp);
    }
}
