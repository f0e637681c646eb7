package dev.demarc.local.store;

import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.Version;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.ObservationJson;
import dev.demarc.record.StoredFindingJson;
import dev.demarc.record.SweepEvidenceJson;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The central store in one file of a data directory. Its change feed is an outbox written in the transaction of the observation, so no
 * change is lost; a change whose consumer failed is delivered again. Safe for threads; writers of other processes wait for each other.
 */
public final class SqliteStore implements CentralStore, AutoCloseable {
    private static final int DRAIN_PAGE = 500;
    private static final String RECORD = """
            INSERT INTO observation (resource, provider, account, service_type, state, version, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (resource) DO UPDATE SET
                service_type = excluded.service_type,
                state = excluded.state,
                version = excluded.version,
                body = excluded.body
            WHERE excluded.version > observation.version
                OR (excluded.version = observation.version
                    AND excluded.body <> observation.body
                    AND (excluded.state = 'TOMBSTONE' OR observation.state = 'LIVE'))""";
    private static final String PUT_FEED = """
            INSERT INTO feed_evidence (provider, account, service_type, moment) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET moment = excluded.moment WHERE excluded.moment > feed_evidence.moment""";
    private static final String PUT_SWEEP = """
            INSERT INTO sweep_evidence (provider, account, service_type, moment, body) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET moment = excluded.moment, body = excluded.body
            WHERE excluded.moment >= sweep_evidence.moment""";

    private final SqliteDatabase database;
    private final SqliteProjector projector;
    private final ReentrantLock draining = new ReentrantLock();

    private SqliteStore(SqliteDatabase database) {
        this.database = database;
        this.projector = new SqliteProjector(database);
    }

    /** Opens {@code demarc.db} in the directory and creates both when they are missing. Refuses a file that a newer release wrote. */
    public static SqliteStore open(Path directory) {
        return new SqliteStore(SqliteDatabase.open(directory));
    }

    /** Runs the work in one transaction: all its writes or none. Other threads wait until it ends, so give it some thousand writes at most. */
    public void inBatch(Runnable work) {
        database.transaction(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public Outcome record(Observation observation) {
        return database.transaction(() -> {
            Optional<Observation> before = observation(observation.resource());
            String body = ObservationJson.write(observation).write();
            if (write(observation, body)) {
                database.update(
                        "INSERT INTO outbox (before, after) VALUES (?, ?)",
                        before.map(was -> ObservationJson.write(was).write()).orElse(null),
                        body);
                return Outcome.RECORDED;
            }
            boolean same = before.filter(
                            was -> was.version().equals(observation.version()) && was.saysTheSameAs(observation))
                    .isPresent();
            return same ? Outcome.UNCHANGED : Outcome.OLDER;
        });
    }

    private boolean write(Observation observation, String body) {
        ResourceId resource = observation.resource();
        int changed = database.update(
                RECORD,
                resource.key(),
                resource.provider().word(),
                resource.account(),
                observation.serviceType().name(),
                observation.state().name(),
                observation.version().sortable(),
                body);
        return changed == 1;
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return first(database.query(
                row -> observation(row, 1), "SELECT body FROM observation WHERE resource = ?", resource.key()));
    }

    @Override
    public List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return database.query(
                row -> observation(row, 1),
                "SELECT body FROM observation WHERE state = 'LIVE' AND provider = ? AND account = ? AND service_type = ?"
                        + " ORDER BY resource",
                provider.word(),
                account,
                serviceType.name());
    }

    @Override
    public long drain(Consumer<ObservationChange> consumer) {
        draining.lock();
        try {
            long delivered = 0;
            List<ObservationChange> page;
            do {
                page = database.query(
                        SqliteStore::change,
                        "SELECT sequence, before, after FROM outbox ORDER BY sequence LIMIT " + DRAIN_PAGE);
                deliver(page, consumer);
                delivered += page.size();
            } while (page.size() == DRAIN_PAGE);
            return delivered;
        } finally {
            draining.unlock();
        }
    }

    /** Acknowledges once a page, also when the consumer fails in the middle of it: a commit for each change would be slow. */
    private void deliver(List<ObservationChange> page, Consumer<ObservationChange> consumer) {
        long done = 0;
        try {
            for (ObservationChange change : page) {
                consumer.accept(change);
                done = Long.parseLong(change.sequence());
            }
        } finally {
            if (done > 0) {
                database.update("DELETE FROM outbox WHERE sequence <= ?", done);
            }
        }
    }

    @Override
    public Optional<Observation> projected(ResourceId resource) {
        return projector.projected(resource);
    }

    @Override
    public boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        return projector.project(expected, now, projection);
    }

    @Override
    public List<StoredFinding> findings(String afterId, int limit) {
        return database.query(
                SqliteStore::finding, "SELECT body FROM finding WHERE id > ? ORDER BY id LIMIT ?", afterId, limit);
    }

    @Override
    public List<StoredFinding> findingsOf(ResourceId resource) {
        return database.query(
                SqliteStore::finding, "SELECT body FROM finding WHERE resource = ? ORDER BY id", resource.key());
    }

    @Override
    public Map<RollupKey, Long> rollups() {
        Map<RollupKey, Long> counters = new HashMap<>();
        projector.rollups().forEach(counter -> counters.put(counter.getKey(), counter.getValue()));
        return counters;
    }

    @Override
    public void putFeedEvidence(FeedEvidence evidence) {
        database.update(
                PUT_FEED,
                evidence.provider().word(),
                evidence.account(),
                evidence.serviceType().name(),
                sortable(evidence.lastEventAt()));
    }

    @Override
    public void putSweepEvidence(SweepEvidence evidence) {
        database.update(
                PUT_SWEEP,
                evidence.provider().word(),
                evidence.account(),
                evidence.serviceType().name(),
                sortable(evidence.finishedAt()),
                SweepEvidenceJson.write(evidence).write());
    }

    @Override
    public List<FeedEvidence> feedEvidence() {
        return database.query(
                row -> new FeedEvidence(
                        Provider.of(row.getString(1)),
                        row.getString(2),
                        new ServiceType(row.getString(3)),
                        Version.ofSortable(row.getString(4)).observedAt()),
                "SELECT provider, account, service_type, moment FROM feed_evidence ORDER BY provider, account, service_type");
    }

    @Override
    public List<SweepEvidence> sweepEvidence() {
        return database.query(
                row -> SweepEvidenceJson.read(JsonReader.parse(row.getString(1))),
                "SELECT body FROM sweep_evidence ORDER BY provider, account, service_type");
    }

    @Override
    public void close() {
        database.close();
    }

    private static ObservationChange change(ResultSet row) throws SQLException {
        Optional<Observation> before =
                Optional.ofNullable(row.getString(2)).map(body -> ObservationJson.read(JsonReader.parse(body)));
        return new ObservationChange(row.getString(1), before, observation(row, 3));
    }

    private static Observation observation(ResultSet row, int column) throws SQLException {
        return ObservationJson.read(JsonReader.parse(row.getString(column)));
    }

    private static StoredFinding finding(ResultSet row) throws SQLException {
        return StoredFindingJson.read(JsonReader.parse(row.getString(1)));
    }

    /** An instant as text that sorts: a version of rank zero has such a form. */
    private static String sortable(Instant moment) {
        return new Version(moment, 0).sortable();
    }

    private static <T> Optional<T> first(List<T> found) {
        return found.stream().findFirst();
    }
}
