package dev.demarc.local.store;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStore.Counted;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Documents.Write;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.ObservationStore.Outcome;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads.AgeMark;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The central store in one file of a data directory. Its change feed is an outbox written in the transaction of its cause, so no change is
 * lost; a change whose consumer failed is delivered again. Safe for threads; writers of other processes wait for each other.
 */
public final class SqliteStore implements CentralStore, AutoCloseable {
    private final SqliteDatabase database;
    private final Tenants tenants;
    private final SqliteFeed feed;
    private final SqliteObservations observations;
    private final SqliteFindings findings;
    private final SqliteRollups rollups;
    private final SqliteProjections projections;
    private final SqliteEvidence evidence;
    private final SqliteQuarantine quarantine;
    private final SqliteDocuments documents;

    private SqliteStore(SqliteDatabase database, Tenants tenants, InstantSource clock) {
        this.database = database;
        this.tenants = tenants;
        this.feed = new SqliteFeed(database);
        this.observations = new SqliteObservations(database, feed);
        this.findings = new SqliteFindings(database);
        this.rollups = new SqliteRollups(database);
        this.projections = new SqliteProjections(database, feed, findings, rollups);
        this.evidence = new SqliteEvidence(database, feed);
        this.quarantine = new SqliteQuarantine(database);
        this.documents = new SqliteDocuments(database, clock);
    }

    /** Opens the store of one organisation: {@link #open(Path, Tenants)} with {@link Tenants#single}. */
    public static SqliteStore open(Path directory) {
        return open(directory, Tenants.single());
    }

    /**
     * Opens {@code demarc.db} in the directory and creates both when they are missing. Brings a file of an older release up to date: its
     * change feed then holds every observation again. Refuses a file that a newer release wrote.
     */
    public static SqliteStore open(Path directory, Tenants tenants) {
        return open(directory, tenants, InstantSource.system());
    }

    /** As {@link #open(Path, Tenants)}; {@code clock} says when documents expire. */
    public static SqliteStore open(Path directory, Tenants tenants, InstantSource clock) {
        return new SqliteStore(SqliteDatabase.open(directory), tenants, clock);
    }

    /** Runs the work in one transaction: all its writes or none. Other threads wait until it ends, so give it some thousand writes at most. */
    public void inBatch(Runnable work) {
        database.transaction(() -> {
            work.run();
            return true;
        });
    }

    /** How the database finds the rows of each statement that ran so far, by its text. */
    Map<String, List<String>> plans() {
        return database.plans();
    }

    @Override
    public String tenantOf(AccountId account) {
        return tenants.of(account);
    }

    private boolean isWithin(Scope scope, AccountId account) {
        return scope.covers(tenantOf(account), account);
    }

    // ---- what accounts write ----

    @Override
    public Outcome record(Observation observation) {
        return observations.record(observation);
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return observations.observation(resource);
    }

    @Override
    public List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return observations.live(provider, account, serviceType);
    }

    @Override
    public void putFeedEvidence(FeedEvidence given) {
        evidence.put(given);
    }

    @Override
    public void putSweepEvidence(SweepEvidence given) {
        evidence.put(given);
    }

    @Override
    public void quarantine(Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        quarantine.put(account.map(tenants::of).orElse(Scope.MAIN), account, source, content, reason, now);
    }

    // ---- what the projector reads and writes ----

    @Override
    public long drain(Consumer<StoreChange> consumer) {
        return feed.drain(consumer);
    }

    @Override
    public Optional<Projected> projected(ResourceId resource) {
        return projections.projected(resource);
    }

    @Override
    public boolean project(Projection projection) {
        return projections.project(projection);
    }

    @Override
    public Optional<SweepEvidence> completeSweep(Provider provider, String account, ServiceType serviceType) {
        return evidence.ended(provider, account, serviceType).filter(SweepEvidence::isComplete);
    }

    // ---- what queries read ----

    @Override
    public Map<RollupKey, Long> rollups(Scope scope) {
        if (scope.isWhole()) {
            return rollups.of(scope.tenant());
        }
        Map<RollupKey, Long> counters = new HashMap<>();
        accounts(scope).forEach(account -> counters.putAll(rollups.of(scope.tenant(), account)));
        return counters;
    }

    @Override
    public List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit) {
        return scope.covers(bucket.tenant(), bucket.accountId()) ? findings.under(bucket, afterId, limit) : List.of();
    }

    @Override
    public List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit) {
        if (scope.isWhole()) {
            return findings.byAge(scope.tenant(), after, limit);
        }
        return accounts(scope).stream()
                .flatMap(account -> findings.byAge(scope.tenant(), account, after, limit).stream())
                .sorted(Comparator.comparing(StoredFinding::since).thenComparing(StoredFinding::id))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Projected> projected(Scope scope, ResourceId resource) {
        return projected(resource).filter(state -> scope.covers(state.tenant(), AccountId.of(resource)));
    }

    @Override
    public Optional<Observation> observation(Scope scope, ResourceId resource) {
        return isWithin(scope, AccountId.of(resource)) ? observation(resource) : Optional.empty();
    }

    @Override
    public List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit) {
        return scope.covers(AccountId.of(resource))
                ? projections.history(scope.tenant(), resource, beforeId, limit)
                : List.of();
    }

    @Override
    public List<FeedEvidence> feedEvidence(Scope scope) {
        Stream<FeedEvidence> found = scope.isWhole()
                ? evidence.feeds().stream()
                : accounts(scope).stream().flatMap(account -> evidence.feeds(account).stream());
        return found.filter(one -> isWithin(scope, one.accountId())).toList();
    }

    @Override
    public List<SweepEvidence> sweepEvidence(Scope scope) {
        Stream<SweepEvidence> found = scope.isWhole()
                ? evidence.sweeps().stream()
                : accounts(scope).stream().flatMap(account -> evidence.sweeps(account).stream());
        return found.filter(one -> isWithin(scope, one.accountId())).toList();
    }

    @Override
    public List<Poison> poison(Scope scope, int limit) {
        if (scope.isWhole()) {
            return quarantine.of(scope.tenant(), limit);
        }
        return accounts(scope).stream()
                .flatMap(account -> quarantine.of(scope.tenant(), account, limit).stream())
                .sorted(Comparator.comparing(Poison::lastSeen).reversed())
                .limit(limit)
                .toList();
    }

    private static Set<AccountId> accounts(Scope scope) {
        return scope.accounts().orElse(Set.of());
    }

    // ---- what people decide ----

    @Override
    public Optional<Document> document(Scope scope, Kind kind, String id) {
        return documents.document(scope.tenant(), kind, id);
    }

    @Override
    public List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
        return documents.documents(scope.tenant(), kind, afterId, limit);
    }

    @Override
    public List<Document> revisions(Scope scope, Kind kind, String id) {
        return documents.revisions(scope.tenant(), kind, id);
    }

    @Override
    public boolean write(Scope scope, Write write) {
        return documents.write(scope.tenant(), write);
    }

    // ---- what a rebuild reads and puts right ----

    @Override
    public List<AccountId> accounts() {
        return database.query(
                row -> new AccountId(Provider.of(row.getString(1)), row.getString(2)),
                "SELECT provider, account FROM observation UNION SELECT provider, account FROM projected"
                        + " UNION SELECT provider, account FROM rollup");
    }

    @Override
    public List<Observation> observations(AccountId account, String afterKey, int limit) {
        return observations.all(account, afterKey, limit);
    }

    @Override
    public List<Projected> projections(AccountId account, String afterKey, int limit) {
        return projections.all(account, afterKey, limit);
    }

    @Override
    public List<StoredFinding> findingsOf(AccountId account, String afterId, int limit) {
        return findings.of(account, afterId, limit);
    }

    @Override
    public Counted countersOf(AccountId account) {
        return projections.counted(account);
    }

    @Override
    public boolean repair(
            AccountId account,
            String stamp,
            List<StoredFinding> strayFindings,
            List<StoredFinding> missingFindings,
            Map<RollupKey, Long> counters) {
        return projections.repair(account, stamp, strayFindings, missingFindings, counters);
    }

    @Override
    public void close() {
        database.close();
    }
}
