package dev.demarc.local.store;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.QUEUE;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.project.Projector;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Sample;
import dev.demarc.record.SweepEvidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of other releases: an older one is brought up to date, a newer one is refused. */
class SqliteMigrationTest {
    private static final List<String> VERSION_1 = List.of(
            """
            CREATE TABLE observation (
                resource TEXT PRIMARY KEY, provider TEXT NOT NULL, account TEXT NOT NULL, service_type TEXT NOT NULL,
                state TEXT NOT NULL, version TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID""",
            "CREATE INDEX observation_live ON observation (provider, account, service_type) WHERE state = 'LIVE'",
            "CREATE TABLE outbox (sequence INTEGER PRIMARY KEY AUTOINCREMENT, before TEXT, after TEXT NOT NULL)",
            "CREATE TABLE projected (resource TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE finding (id TEXT PRIMARY KEY, resource TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
            "CREATE INDEX finding_resource ON finding (resource)",
            """
            CREATE TABLE rollup (
                provider TEXT NOT NULL, account TEXT NOT NULL, service_type TEXT NOT NULL, control TEXT NOT NULL,
                verdict TEXT NOT NULL, count INTEGER NOT NULL,
                PRIMARY KEY (provider, account, service_type, control, verdict)) WITHOUT ROWID""",
            """
            CREATE TABLE feed_evidence (
                provider TEXT NOT NULL, account TEXT NOT NULL, service_type TEXT NOT NULL, moment TEXT NOT NULL,
                PRIMARY KEY (provider, account, service_type)) WITHOUT ROWID""",
            """
            CREATE TABLE sweep_evidence (
                provider TEXT NOT NULL, account TEXT NOT NULL, service_type TEXT NOT NULL, moment TEXT NOT NULL,
                body TEXT NOT NULL, PRIMARY KEY (provider, account, service_type)) WITHOUT ROWID""",
            "INSERT INTO outbox (before, after) VALUES (NULL, 'already seen')",
            "INSERT INTO projected VALUES ('r', 'old')",
            "INSERT INTO finding VALUES ('r|DAT-01', 'r', 'old')",
            "INSERT INTO rollup VALUES ('aws', '111122223333', 'AWS::S3::Bucket', 'DAT-01', 'NON_COMPLIANT', 7)",
            """
            INSERT INTO feed_evidence VALUES (
                'aws', '111122223333', 'AWS::S3::Bucket', '2026-01-31T12:00:00.000000000Z#0000000000000000000')""",
            """
            INSERT INTO sweep_evidence VALUES ('aws', '111122223333', 'AWS::S3::Bucket', 'm',
                '{"provider":"aws","account":"111122223333","serviceType":"AWS::S3::Bucket",\
            "startedAt":"2026-01-31T12:00:00Z","finishedAt":"2026-01-31T12:00:30Z","complete":true,\
            "discovered":12,"evaluated":11,"failed":1}')""",
            """
            INSERT INTO sweep_evidence VALUES ('aws', '111122223333', 'AWS::Timestream::Database', 'm',
                '{"provider":"aws","account":"111122223333","serviceType":"AWS::Timestream::Database",\
            "startedAt":"2026-01-31T12:00:00Z","finishedAt":"2026-01-31T12:00:30Z","complete":false,\
            "discovered":12,"evaluated":11,"failed":1}')""",
            "PRAGMA user_version = 1");

    @TempDir
    Path directory;

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("demarc.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As version 1 wrote it: the labels stood before the verdicts. */
    private static String version1(Observation observation) {
        return "INSERT INTO observation VALUES ('" + observation.resource().key() + "', 'aws', '111122223333', '"
                + observation.serviceType().name() + "', '" + observation.state() + "', '"
                + observation.version().sortable() + "', '{\"resource\":\""
                + observation.resource().key() + "\",\"serviceType\":\""
                + observation.serviceType().name() + "\",\"version\":\""
                + observation.version().sortable() + "\",\"state\":\"" + observation.state()
                + "\",\"catalogueRevision\":\"" + observation.catalogueRevision()
                + (observation.isLive() ? "\",\"sensitivity\":\"HIGH\",\"criticality\":\"LOW" : "")
                + "\",\"verdicts\":{"
                + (observation.isLive()
                        ? "\"DAT-01\":{\"verdict\":\"NON_COMPLIANT\",\"reason\":\"encryption is off\"}"
                        : "")
                + "}}')";
    }

    private static Observation observation(String name) {
        Labels labels = new Labels(Optional.of(Labels.Level.HIGH), Optional.of(Labels.Level.LOW), Optional.empty());
        return observed(bucket(name), version(1), "rev-1", labels, Map.of(ENCRYPTION, FAIL));
    }

    @Test
    void keepsTheFactsOfAVersion1FileAndMakesTheRestAnew() throws Exception {
        execute(VERSION_1);
        execute(List.of(version1(observation("a")), version1(observation("b")), version1(gone("c", 2))));

        try (SqliteStore store = SqliteStore.open(directory)) {
            assertThat(store.observations(ACCOUNT, "", 10))
                    .containsExactly(observation("a"), observation("b"), gone("c", 2));
            assertThat(store.feedEvidence(WHOLE)).containsExactly(Sample.feed(ACCOUNT, BUCKET, NOON));
            assertThat(store.sweepEvidence(WHOLE))
                    .extracting(SweepEvidence::serviceType, SweepEvidence::state, SweepEvidence::startedAt)
                    .containsExactlyInAnyOrder(
                            tuple(BUCKET, SweepEvidence.State.COMPLETE, NOON),
                            tuple(QUEUE, SweepEvidence.State.INCOMPLETE, NOON));
            assertThat(store.rollups(WHOLE)).isEmpty();

            assertThat(store.drain(new Projector(store)::apply)).isEqualTo(3 + 2);

            Map<RollupKey, Long> counters = new HashMap<>();
            for (String name : List.of("a", "b")) {
                Sample.first(observation(name))
                        .counters()
                        .forEach((key, count) -> counters.merge(key, count, Long::sum));
            }
            assertThat(store.rollups(WHOLE)).isEqualTo(counters);
            assertThat(store.findingsOf(ACCOUNT, "", 10)).hasSize(2);
        }
    }

    @Test
    void knowsTheObservationsOfAVersion1FileAsItsOwn() throws Exception {
        execute(VERSION_1);
        execute(List.of(version1(observation("a")), version1(gone("c", 2))));

        try (SqliteStore store = SqliteStore.open(directory)) {
            assertThat(store.record(observation("a"))).isEqualTo(Outcome.UNCHANGED);
            assertThat(store.record(gone("c", 2))).isEqualTo(Outcome.UNCHANGED);
        }
    }

    @Test
    void migratesOnlyOnce() throws Exception {
        execute(VERSION_1);
        execute(List.of(version1(observation("a"))));
        try (SqliteStore store = SqliteStore.open(directory)) {
            store.drain(change -> {});
        }

        try (SqliteStore store = SqliteStore.open(directory)) {
            assertThat(store.drain(change -> {})).isZero();
            assertThat(store.observation(bucket("a"))).contains(observation("a"));
        }
    }

    @Test
    void leavesAFileAsItIsWhenItCannotBeMigrated() throws Exception {
        execute(VERSION_1);
        execute(List.of("UPDATE sweep_evidence SET body = 'no JSON'"));

        assertThatThrownBy(() -> SqliteStore.open(directory)).isInstanceOf(RuntimeException.class);

        execute(List.of("INSERT INTO projected VALUES ('still there', 'old')"));
    }

    @Test
    void refusesAFileThatANewerReleaseWrote() throws Exception {
        execute(List.of("PRAGMA user_version = 7"));

        assertThatThrownBy(() -> SqliteStore.open(directory))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("schema version 7")
                .hasMessageContaining("demarc.db");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(directory.resolve("demarc.db"), "this is not a database".repeat(100));

        assertThatThrownBy(() -> SqliteStore.open(directory))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("cannot be opened as a data file");
    }
}
