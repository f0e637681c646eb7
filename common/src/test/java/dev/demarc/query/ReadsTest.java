package dev.demarc.query;

import static dev.demarc.query.Landscape.ACCOUNT;
import static dev.demarc.query.Landscape.BUCKET;
import static dev.demarc.query.Landscape.FAIL;
import static dev.demarc.query.Landscape.NOW;
import static dev.demarc.query.Landscape.OTHER;
import static dev.demarc.query.Landscape.PASS;
import static dev.demarc.query.Landscape.PUBLIC;
import static dev.demarc.query.Landscape.RESTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No query but the one for everything reads more items because there are more resources. */
class ReadsTest {
    private static final Scope WHOLE = Scope.operator(Scope.MAIN);

    /** Counts every item that the store hands out. */
    private record Counted(ScopedReads reads, long[] items) implements ScopedReads {
        private <T, C extends Collection<T>> C of(C answer) {
            items[0] += answer.size();
            return answer;
        }

        @Override
        public Map<RollupKey, Long> rollups(Scope scope) {
            Map<RollupKey, Long> answer = reads.rollups(scope);
            of(answer.keySet());
            return answer;
        }

        @Override
        public List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit) {
            return of(reads.findings(scope, bucket, afterId, limit));
        }

        @Override
        public List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit) {
            return of(reads.findingsByAge(scope, after, limit));
        }

        @Override
        public Optional<Projected> projected(Scope scope, ResourceId resource) {
            items[0]++;
            return reads.projected(scope, resource);
        }

        @Override
        public Optional<Observation> observation(Scope scope, ResourceId resource) {
            items[0]++;
            return reads.observation(scope, resource);
        }

        @Override
        public List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit) {
            return of(reads.history(scope, resource, beforeId, limit));
        }

        @Override
        public List<FeedEvidence> feedEvidence(Scope scope) {
            return of(reads.feedEvidence(scope));
        }

        @Override
        public List<SweepEvidence> sweepEvidence(Scope scope) {
            return of(reads.sweepEvidence(scope));
        }

        @Override
        public List<Poison> poison(Scope scope, int limit) {
            return of(reads.poison(scope, limit));
        }
    }

    private static Landscape of(int resources) {
        Landscape landscape = new Landscape().reviewed().alive(ACCOUNT);
        for (int i = 0; i < resources; i++) {
            String name = "%06d".formatted(i);
            landscape
                    .store()
                    .record(new Observation(
                            Landscape.bucketId(i % 2 == 0 ? ACCOUNT : OTHER, name),
                            BUCKET,
                            new Version(NOW.minus(Duration.ofHours(40)).plusSeconds(i), 0),
                            Observation.State.LIVE,
                            "rev-1",
                            i % 3 == 0 ? Labels.NONE : Landscape.labels(Level.HIGH, Level.LOW),
                            new TreeMap<>(
                                    Map.of(RESTORE, i % 5 == 0 ? PASS : FAIL, PUBLIC, i % 4 == 0 ? FAIL : PASS))));
        }
        return landscape.project();
    }

    private static Map<String, Consumer<Posture>> queries() {
        Map<String, Consumer<Posture>> queries = new LinkedHashMap<>();
        Map<String, FindingFilter> filters = Map.of(
                "everything", FindingFilter.ALL,
                "one account", Filters.of("account", OTHER),
                "a region", Filters.of("region", "eu-west-1"),
                "an owner nobody is", Filters.of("owner", "nobody"),
                "one control and band",
                        Filters.of(Map.of("control", Set.of("DAT-06"), "band", Set.of("MEDIUM", "LOW"))),
                "one resource",
                        Filters.of(
                                "resource", Landscape.bucketId(OTHER, "000001").key()));
        filters.forEach((name, filter) -> {
            for (Sort sort : Sort.values()) {
                queries.put("page of " + name + " by " + sort, posture -> {
                    FindingPage first = posture.findings(filter, sort, 50, Optional.empty());
                    first.next().ifPresent(next -> posture.findings(filter, sort, 50, Optional.of(next)));
                });
            }
            queries.put("counts of " + name, posture -> posture.counts(filter, List.of(Dimension.values())));
        });
        queries.put("audit", posture -> posture.audit(FindingFilter.ALL));
        queries.put("facets", posture -> posture.facets(FindingFilter.ALL, Set.of(Dimension.values())));
        queries.put("accounts", Posture::accounts);
        queries.put("types", Posture::serviceTypesInUse);
        queries.put(
                "one finding",
                posture -> posture.finding(Landscape.bucketId(OTHER, "000001").key() + "|DAT-06"));
        queries.put(
                "one finding of a type",
                posture -> posture.finding("aws|" + OTHER + "|*|" + BUCKET + "|*|MCC-06|VALIDATED"));
        return queries;
    }

    private static long items(Landscape landscape, Consumer<Posture> query) {
        long[] items = new long[1];
        query.accept(landscape.posture(new Counted(landscape.store(), items), WHOLE, NOW));
        return items[0];
    }

    @Test
    void readsTheSameNumberOfItemsHoweverManyResourcesThereAre() {
        Map<String, Long> few = new LinkedHashMap<>();
        Map<String, Long> more = new LinkedHashMap<>();
        Map<String, Long> many = new LinkedHashMap<>();
        Landscape of1000 = of(1_000);
        Landscape of10000 = of(10_000);
        Landscape of50000 = of(50_000);
        queries().forEach((name, query) -> {
            few.put(name, items(of1000, query));
            more.put(name, items(of10000, query));
            many.put(name, items(of50000, query));
        });

        assertThat(many).isEqualTo(more);
        assertThat(many.values()).allSatisfy(items -> assertThat(items).isBetween(1L, 2L * PageInMaking.BUDGET + 200));
        // A thousand resources end before the budget of a page that has to look at each finding does.
        few.keySet().removeIf(name -> name.contains("nobody") || name.contains("region by") || name.contains("by AGE"));
        assertThat(few)
                .hasSizeGreaterThan(10)
                .allSatisfy((name, items) -> assertThat(items).as(name).isEqualTo(many.get(name)));
        // Control: the query for everything does grow, and the count sees it.
        Consumer<Posture> all = posture -> assertThat(
                        posture.all(FindingFilter.ALL, Sort.PRIORITY).count())
                .isPositive();
        assertThat(items(of50000, all)).isGreaterThan(4 * items(of10000, all));
    }

    @Test
    void readsCountersAndEvidenceOnceForSeveralQueries() {
        Landscape landscape = of(100);
        long[] items = new long[1];
        Posture posture = landscape.posture(new Counted(landscape.store(), items), WHOLE, NOW);
        posture.audit(FindingFilter.ALL);
        long first = items[0];

        posture.audit(FindingFilter.ALL);
        posture.counts(FindingFilter.ALL, List.of(Dimension.CATEGORY));
        posture.accounts();

        assertThat(items[0]).isEqualTo(first);
    }

    @Test
    void asksTheStoreABoundedNumberOfTimesWhereEachCounterCountsLittle() {
        Landscape landscape = new Landscape();
        for (int i = 0; i < 300; i++) {
            landscape.bucket("%012d".formatted(i), "a", Landscape.LABELLED, Map.of(RESTORE, FAIL));
        }

        FindingPage page =
                landscape.posture().findings(Filters.of("control", "DAT-06"), Sort.PRIORITY, 500, Optional.empty());

        assertThat(page.findings().stream().filter(one -> one.resource().isPresent()))
                .hasSize(PageInMaking.READS);
        assertThat(page.next()).isPresent();
        assertThat(page.total())
                .isEqualTo(landscape
                        .posture()
                        .all(Filters.of("control", "DAT-06"), Sort.PRIORITY)
                        .count());
    }

    @Test
    void givesAShortPageRatherThanReadOn() {
        Landscape landscape = of(4_000);
        FindingFilter nobody = Filters.of("owner", "nobody");

        FindingPage page = landscape.posture().findings(nobody, Sort.PRIORITY, 50, Optional.empty());

        assertThat(page.findings()).isEmpty();
        assertThat(page.next()).isPresent();
        assertThat(page.exact()).isFalse();
        assertThat(page.total()).isZero();
        // Going on, the end is reached all the same.
        assertThat(landscape.posture().all(nobody, Sort.PRIORITY)).isEmpty();
        assertThat(landscape.posture().all(nobody, Sort.AGE)).isEmpty();
        assertThat(landscape.posture().all(Filters.of("control", new ControlId("DAT-06").value()), Sort.AGE))
                .filteredOn(one -> one.resource().isPresent())
                .hasSize(3_200);
    }
}
