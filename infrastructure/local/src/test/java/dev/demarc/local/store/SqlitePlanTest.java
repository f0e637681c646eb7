package dev.demarc.local.store;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.SweepEvidence;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries find their rows through an index, in order, so that they read no more rows than they answer. */
class SqlitePlanTest {
    /** Grow with accounts × service types, or belong to the rebuild and the sweep, which read everything once. */
    private static final List<String> MAY_SCAN =
            List.of("FROM feed_evidence", "FROM sweep_evidence", "FROM observation UNION");

    @TempDir
    Path directory;

    private static boolean readsMore(String step) {
        return step.startsWith("SCAN") || step.contains("TEMP B-TREE");
    }

    private Map<String, List<String>> plans() {
        try (SqliteStore store = SqliteStore.open(directory, Sample.TENANTS)) {
            Projected state = Sample.first(failing("a", 1));
            store.record(state.observation());
            store.project(Sample.step(Optional.empty(), state));
            RollupKey bucket = state.findings().getFirst().bucket();
            Scope limited = Scope.operator(Scope.MAIN, ACCOUNT);
            for (Scope scope : List.of(WHOLE, limited)) {
                store.rollups(scope);
                store.findings(scope, bucket, "", 10);
                store.findingsByAge(scope, AgeMark.START, 10);
                store.projected(scope, bucket("a"));
                store.observation(scope, bucket("a"));
                store.history(scope, bucket("a"), "", 10);
                store.history(scope, bucket("a"), "z", 10);
                store.feedEvidence(scope);
                store.sweepEvidence(scope);
                store.poison(scope, 10);
                store.document(scope, Kind.WAIVER, "w");
                store.documents(scope, Kind.WAIVER, "", 10);
                store.revisions(scope, Kind.WAIVER, "w");
            }
            store.write(WHOLE, new Write(Kind.WAIVER, "w", 0, NOON, "ann", Json.of(1)));
            store.quarantine(Optional.empty(), "stream", new byte[] {1}, "not JSON", NOON);
            store.putSweepEvidence(Sample.sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE));
            store.putFeedEvidence(Sample.feed(ACCOUNT, BUCKET, NOON));
            store.completeSweep(Provider.AWS, ACCOUNT.account(), BUCKET);
            store.observationsOf(Provider.AWS, ACCOUNT.account(), BUCKET);
            store.accounts();
            store.observations(ACCOUNT, "", 10);
            store.projections(ACCOUNT, "", 10);
            store.findingsOf(ACCOUNT, "", 10);
            store.countersOf(ACCOUNT);
            store.drain(change -> {});
            return store.plans();
        }
    }

    @Test
    void findsTheRowsOfEveryStatementThroughAnIndex() {
        Map<String, List<String>> plans = plans();
        plans.keySet().removeIf(sql -> MAY_SCAN.stream().anyMatch(sql::contains) && !sql.contains("WHERE"));
        plans.keySet().removeIf(sql -> sql.contains("FROM outbox ORDER BY"));

        assertThat(plans.keySet().stream().filter(sql -> sql.startsWith("SELECT")))
                .hasSizeGreaterThan(20);
        plans.forEach((sql, steps) -> assertThat(steps.stream().filter(SqlitePlanTest::readsMore))
                .as(sql)
                .isEmpty());
    }

    @Test
    void goesOnByAgeFromTheMarkAndNotFromTheBeginningOfItsMoment() {
        List<String> steps = new ArrayList<>();
        plans().forEach((sql, plan) -> {
            if (sql.contains("ORDER BY since, id")) {
                steps.addAll(plan);
            }
        });

        assertThat(steps).hasSize(2).allMatch(step -> step.contains("(since,id)>(?,?)"));
    }

    @Test
    void wouldReadMoreWithoutTheIndex() throws Exception {
        plans();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("demarc.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP INDEX finding_age");
            List<String> steps = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "EXPLAIN QUERY PLAN SELECT body FROM finding WHERE tenant = '' ORDER BY since, id LIMIT 10")) {
                while (rows.next()) {
                    steps.add(rows.getString(4));
                }
            }
            assertThat(steps).anyMatch(SqlitePlanTest::readsMore);
        }
    }
}
