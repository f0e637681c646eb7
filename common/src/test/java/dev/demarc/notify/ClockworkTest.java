package dev.demarc.notify;

import static dev.demarc.govern.Callers.ACCOUNT;
import static dev.demarc.govern.Callers.ANA;
import static dev.demarc.govern.Callers.BEN;
import static dev.demarc.govern.Callers.BUCKET;
import static dev.demarc.govern.Callers.EDITOR;
import static dev.demarc.govern.Callers.NOW;
import static dev.demarc.govern.Callers.RESTORE;
import static dev.demarc.govern.Callers.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Callers;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.govern.Waivers;
import dev.demarc.json.JsonReader;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.project.Projector;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Sort;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.RegisterDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket, its register entry, its evidence and a waiver, with the clock moved on: what changes by itself, and what is told of it. */
class ClockworkTest {
    private static final Scope SCOPE = Scope.operator(Scope.MAIN);
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final Duration DAY = Duration.ofDays(1);
    private static final ControlId PUBLIC = new ControlId("IDN-03");
    private static final ResourceId LEDGER =
            new ResourceId(Provider.AWS, ACCOUNT.account(), "eu-west-1", BUCKET.name(), "ledger");

    private final FailingStore store = new FailingStore();
    private final Clockwork clockwork = new Clockwork(store, store, CATALOGUE);

    @BeforeEach
    void aReviewedBucketThatPassesOneControlAndFailsAnother() {
        String drafted = RegisterDraft.of(
                        JsonReader.parse("{\"entries\": []}"), List.of(BUCKET), CATALOGUE, LocalDate.of(2026, 11, 24))
                .register()
                .write();
        String reviewed =
                drafted.replace("\"approved\":false", "\"approved\":true").replace("TODO", "somebody");
        done(new RegisterVersions(store).push(EDITOR, JsonReader.parse(reviewed), 0, NOW));
        Labels labels = new Labels(Optional.of(Level.LOW), Optional.of(Level.LOW), Optional.empty());
        Map<ControlId, Verdict> verdicts = Map.of(
                RESTORE, new Verdict.NonCompliant("versioning is off"),
                PUBLIC, new Verdict.Compliant(List.of("public-access")));
        store.record(new Observation(
                LEDGER,
                BUCKET,
                new Version(NOW.minus(DAY), 0),
                Observation.State.LIVE,
                CATALOGUE.entry(BUCKET).orElseThrow().revision(),
                labels,
                new TreeMap<>(verdicts)));
        store.drain(new Projector(store)::apply);
        alive(NOW);
    }

    private void alive(Instant at) {
        store.putFeedEvidence(new FeedEvidence(Provider.AWS, ACCOUNT.account(), BUCKET, at));
        store.putSweepEvidence(new SweepEvidence(
                Provider.AWS, ACCOUNT.account(), BUCKET, at, at, SweepEvidence.State.COMPLETE, 1, 1, 0, ""));
        store.drain(new Projector(store)::apply);
    }

    private Posture posture(Instant now) {
        return new Posture(store, SCOPE, CATALOGUE, Decisions.load(store, SCOPE, now), now);
    }

    private Map<Category, Long> categories(Instant now, ControlId control) {
        Map<Category, Long> counts = new TreeMap<>();
        posture(now).audit(FindingFilter.ALL).rows().stream()
                .filter(row -> row.control().equals(control))
                .forEach(row -> List.of(Category.values()).forEach(category -> {
                    if (row.count(category) > 0) {
                        counts.put(category, row.count(category));
                    }
                }));
        return counts;
    }

    private List<String> told(String kinds) {
        return new NoticeLog(store)
                .read(SCOPE, "", 1_000).notices().stream()
                        .map(Notice::kind)
                        .filter(kind -> kind.startsWith(kinds))
                        .toList();
    }

    @Test
    void aQuietDayTakesASnapshotAndTellsNothing() {
        Clockwork.Tick first = clockwork.tick(SCOPE, NOW);
        Clockwork.Tick second = clockwork.tick(SCOPE, NOW.plusSeconds(60));

        assertThat(first).isEqualTo(new Clockwork.Tick(0, true));
        assertThat(second).isEqualTo(new Clockwork.Tick(0, false));
    }

    @Test
    void theCategoryChangesByItselfWhenEvidenceLapsesAndTheNoticeSaysSinceWhen() {
        Instant lapsed = NOW.plus(Duration.ofHours(26));
        clockwork.tick(SCOPE, NOW);
        Map<Category, Long> before = categories(NOW, PUBLIC);
        Map<Category, Long> after = categories(lapsed.plusSeconds(1), PUBLIC);
        clockwork.tick(SCOPE, lapsed.plusSeconds(1));
        clockwork.tick(SCOPE, lapsed.plusSeconds(2));
        Instant restored = lapsed.plus(DAY);
        alive(restored);
        clockwork.tick(SCOPE, restored);
        clockwork.tick(SCOPE, restored.plusSeconds(1));

        assertThat(before).isEqualTo(Map.of(Category.CORRECT, 1L));
        assertThat(after).isEqualTo(Map.of(Category.ADD_VALIDATION, 1L));
        assertThat(categories(restored, PUBLIC)).isEqualTo(before);
        assertThat(told("validation")).containsExactly("validation.lapsed", "validation.restored");
        Notice notice = new NoticeLog(store).read(SCOPE, "", 1).notices().getFirst();
        assertThat(notice.details().textAt("since", "")).isEqualTo(lapsed.toString());
        assertThat(notice.account()).contains(ACCOUNT);
    }

    @Test
    void aWaiverIsWarnedOfExpiresAndItsFindingIsOpenAgain() {
        Waivers waivers = new Waivers(store);
        done(waivers.request(ANA, "w", Callers.request(Duration.ofDays(40)), WaiverTerms.LOW, NOW));
        Waiver waiver = done(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW));
        List<String> told = new ArrayList<>();
        List<Boolean> waived = new ArrayList<>();
        for (Instant now : List.of(
                NOW,
                waiver.warnAt().minusSeconds(1),
                waiver.warnAt(),
                waiver.expiresAt().minusSeconds(1),
                waiver.expiresAt())) {
            clockwork.tick(SCOPE, now);
            waived.add(restore(now).waived().isPresent());
            told.add(told("waiver").getLast());
        }

        assertThat(waived).containsExactly(true, true, true, true, false);
        assertThat(told)
                .containsExactly(
                        "waiver.approved", "waiver.approved", "waiver.expiring", "waiver.expiring", "waiver.expired");
        assertThat(told("waiver"))
                .containsExactly("waiver.requested", "waiver.approved", "waiver.expiring", "waiver.expired");
        // Waived or not, it is judged all the time.
        assertThat(restore(NOW).category()).isEqualTo(Category.REMEDIATE);
    }

    private Finding restore(Instant now) {
        return posture(now)
                .all(FindingFilter.ALL, Sort.PRIORITY)
                .filter(finding ->
                        finding.control().equals(RESTORE) && finding.resource().isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aReviewThatExpiresReopensTheQuestionAndIsTold() {
        Instant expired = Instant.parse("2027-11-25T00:00:00Z");
        alive(expired.minusSeconds(60));
        clockwork.tick(SCOPE, expired.minusSeconds(1));
        Map<Category, Long> before = categories(expired.minusSeconds(1), PUBLIC);
        clockwork.tick(SCOPE, expired);
        clockwork.tick(SCOPE, expired.plusSeconds(1));

        assertThat(before).isEqualTo(Map.of(Category.CORRECT, 1L));
        assertThat(categories(expired, PUBLIC)).isEqualTo(Map.of(Category.REMEDIATE, 1L));
        assertThat(told("register")).containsExactly("register.stale");
    }

    @Test
    void keepsTheCountsOfEachDayForTheTrend() {
        for (int day = 0; day < 3; day++) {
            clockwork.tick(SCOPE, NOW.plus(DAY.multipliedBy(day)));
            clockwork.tick(SCOPE, NOW.plus(DAY.multipliedBy(day)).plusSeconds(600));
        }
        LocalDate first = LocalDate.of(2026, 11, 24);

        Trend trend = Trend.read(store, SCOPE, first, first.plusDays(9));
        Trend middle = Trend.read(store, SCOPE, first.plusDays(1), first.plusDays(1));

        assertThat(trend.days())
                .extracting(Trend.Day::day)
                .containsExactly(first, first.plusDays(1), first.plusDays(2));
        assertThat(middle.days()).extracting(Trend.Day::day).containsExactly(first.plusDays(1));
        Map<Category, Long> now = posture(NOW).audit(FindingFilter.ALL).categories();
        assertThat(trend.days().getFirst().total()).isEqualTo(now);
        assertThat(trend.days().getFirst().byProvider().get("aws")).isEqualTo(now);
        assertThat(trend.days().getFirst().byClass().get("object-storage")).isEqualTo(now);
        assertThat(now.get(Category.CORRECT)).isPositive();
        // On the third day the sweep is too old.
        assertThat(trend.days().get(2).total().get(Category.CORRECT)).isZero();
    }

    /** Everything lapses, expires and goes stale at once, and the tick that notices stops at each of its writes in turn. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsEachThingOnceWhereverATickStops(boolean afterItTookEffect) {
        Instant later = Instant.parse("2027-12-01T00:00:00Z");
        int n = 0;
        boolean stopped = true;
        while (stopped) {
            n++;
            ClockworkTest fresh = new ClockworkTest();
            fresh.aReviewedBucketThatPassesOneControlAndFailsAnother();
            Waivers waivers = new Waivers(fresh.store);
            done(waivers.request(ANA, "w", Callers.request(Duration.ofDays(40)), WaiverTerms.LOW, NOW));
            done(waivers.approve(BEN, "w", 1, WaiverTerms.LOW, NOW));
            fresh.clockwork.tick(SCOPE, NOW);
            fresh.store.stopAt(n, afterItTookEffect);
            try {
                fresh.clockwork.tick(SCOPE, later);
                stopped = false;
            } catch (IllegalStateException atTheWrite) {
                fresh.clockwork.tick(SCOPE, later.plusSeconds(60));
            }
            fresh.clockwork.tick(SCOPE, later.plusSeconds(120));

            assertThat(fresh.told(""))
                    .as("stopped at write " + n)
                    .containsExactlyInAnyOrder(
                            "waiver.requested",
                            "waiver.approved",
                            "waiver.expired",
                            "register.stale",
                            "validation.lapsed");
            assertThat(Trend.read(fresh.store, SCOPE, LocalDate.of(2026, 11, 24), LocalDate.of(2027, 12, 1))
                            .days())
                    .hasSize(2);
        }
        assertThat(n).isGreaterThan(8);
    }

    @Test
    void showsNoTrendOfTheTenantToAReaderOfSomeAccounts() {
        clockwork.tick(SCOPE, NOW);
        LocalDate day = LocalDate.of(2026, 11, 24);
        Scope some = new Scope(Scope.MAIN, Optional.of(Set.of(ACCOUNT)), Role.ACCOUNT_READER, "ann");

        assertThat(Trend.read(store, SCOPE, day, day).days()).hasSize(1);
        assertThat(Trend.read(store, some, day, day).days()).isEmpty();
        assertThat(Trend.read(store, new Scope("other", Optional.empty(), Role.ADMIN, "eve"), day, day)
                        .days())
                .isEmpty();
    }

    @Test
    void looksAtWholeTenantsOnly() {
        assertThatThrownBy(() -> clockwork.tick(Scope.operator(Scope.MAIN, ACCOUNT), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole tenant");
    }
}
