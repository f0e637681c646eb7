package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.Projection;
import dev.demarc.record.RollupKey;
import dev.demarc.record.Scope;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The central store in one DynamoDB table with keys {@code pk} and {@code sk}, the sparse indexes {@code evidence} ({@code evidence},
 * {@code pk}) and {@code age} ({@code age}, {@code agesort}), expiry by {@code ttl}, and a stream of new and old images, which
 * {@link DynamoDbStreamRecords} reads. An account needs only its own partitions to record.
 */
public final class DynamoDbStore implements CentralStore {
    private final Table table;
    private final Tenants tenants;
    private final InstantSource clock;
    private final ObservationItems observations;
    private final EvidenceItems evidence;
    private final PoisonItems poison;
    private final CounterItems counters;
    private final FindingItems findings;
    private final ProjectedItems projected;
    private final DocumentItems documents;
    private final Rebuild rebuild;

    /** A store of one organisation. */
    public DynamoDbStore(DynamoDbClient client, String tableName, InstantSource clock) {
        this(client, tableName, clock, Tenants.single());
    }

    /** The clock decides what has expired, and which times of an account cannot be true. The table name may be an ARN. */
    public DynamoDbStore(DynamoDbClient client, String tableName, InstantSource clock, Tenants tenants) {
        this.table = new Table(client, tableName);
        this.tenants = tenants;
        this.clock = clock;
        this.observations = new ObservationItems(table);
        this.evidence = new EvidenceItems(table, tenants, clock);
        this.poison = new PoisonItems(table, tenants, clock);
        this.counters = new CounterItems(table);
        this.findings = new FindingItems(table);
        this.projected = new ProjectedItems(table, findings, counters, new HistoryItems(table));
        this.documents = new DocumentItems(table, clock);
        this.rebuild = new Rebuild(table, findings, counters);
    }

    @Override
    public String tenantOf(AccountId account) {
        return tenants.of(account);
    }

    @Override
    public Outcome record(Observation observation) {
        return observations.record(observation, clock.instant());
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return table.find(Keys.observation(resource)).flatMap(this::believed);
    }

    private Optional<Observation> believed(Map<String, AttributeValue> item) {
        return Claims.believed(item, claim -> Claims.observation(claim, clock.instant()));
    }

    @Override
    public Optional<Observation> observation(Scope scope, ResourceId resource) {
        AccountId account = AccountId.of(resource);
        return scope.covers(tenantOf(account), account) ? observation(resource) : Optional.empty();
    }

    @Override
    public List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return Keys.shards("", new AccountId(provider, account)).stream()
                .flatMap(shard -> table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :kind)")
                        .filterExpression("#state = :live AND #type = :type")
                        .expressionAttributeNames(
                                Map.of("#state", ObservationItems.STATE, "#type", ObservationItems.SERVICE_TYPE))
                        .expressionAttributeValues(Map.of(
                                ":pk", s(shard),
                                ":kind", s(Keys.OBSERVATION),
                                ":live", s(Observation.State.LIVE.name()),
                                ":type", s(serviceType.name())))
                        .consistentRead(true)))
                .flatMap(item -> believed(item).stream())
                .toList();
    }

    @Override
    public Optional<Projected> projected(ResourceId resource) {
        return projected.find(resource);
    }

    @Override
    public Optional<Projected> projected(Scope scope, ResourceId resource) {
        return projected(resource).filter(one -> scope.covers(one.tenant(), AccountId.of(resource)));
    }

    @Override
    public boolean project(Projection projection) {
        return projected.project(projection, clock.instant());
    }

    /** Delivers nothing: the table's stream pushes the changes. */
    @Override
    public long drain(Consumer<StoreChange> consumer) {
        return 0;
    }

    @Override
    public Map<RollupKey, Long> rollups(Scope scope) {
        return counters.read(scope);
    }

    @Override
    public List<StoredFinding> findings(Scope scope, RollupKey bucket, String afterId, int limit) {
        return scope.covers(bucket.tenant(), bucket.accountId())
                ? findings.inBucket(bucket, afterId, limit)
                : List.of();
    }

    @Override
    public List<StoredFinding> findingsByAge(Scope scope, AgeMark after, int limit) {
        return findings.byAge(scope, after, limit);
    }

    @Override
    public List<HistoryEntry> history(Scope scope, ResourceId resource, String beforeId, int limit) {
        AccountId account = AccountId.of(resource);
        return scope.covers(scope.tenant(), account)
                ? projected.history(resource, beforeId, limit).stream()
                        .filter(entry -> scope.covers(entry.tenant(), account))
                        .toList()
                : List.of();
    }

    @Override
    public void putFeedEvidence(FeedEvidence feed) {
        evidence.put(feed);
    }

    @Override
    public void putSweepEvidence(SweepEvidence sweep) {
        evidence.put(sweep);
    }

    @Override
    public List<FeedEvidence> feedEvidence(Scope scope) {
        return evidence.feeds(scope);
    }

    @Override
    public List<SweepEvidence> sweepEvidence(Scope scope) {
        return evidence.sweeps(scope);
    }

    @Override
    public Optional<SweepEvidence> completeSweep(Provider provider, String account, ServiceType serviceType) {
        // What is dated ahead has not happened yet: it confirms no fix.
        return evidence.ended(provider, account, serviceType)
                .filter(sweep -> sweep.isComplete() && !sweep.startedAt().isAfter(clock.instant()));
    }

    @Override
    public void quarantine(Optional<AccountId> account, String source, byte[] content, String reason, Instant now) {
        poison.add(account, source, content, reason, now);
    }

    @Override
    public List<Poison> poison(Scope scope, int limit) {
        return poison.of(scope, limit);
    }

    @Override
    public Optional<Document> document(Scope scope, Kind kind, String id) {
        return documents.find(scope.tenant(), kind, id);
    }

    @Override
    public List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
        return documents.list(scope.tenant(), kind, afterId, limit);
    }

    @Override
    public List<Document> revisions(Scope scope, Kind kind, String id) {
        return documents.revisions(scope.tenant(), kind, id);
    }

    @Override
    public boolean write(Scope scope, Write write) {
        return documents.write(scope.tenant(), write);
    }

    @Override
    public List<AccountId> accounts() {
        return rebuild.accounts();
    }

    @Override
    public List<Observation> observations(AccountId account, String afterKey, int limit) {
        return rebuild.observations(account, afterKey, limit, clock.instant());
    }

    @Override
    public List<Projected> projections(AccountId account, String afterKey, int limit) {
        return rebuild.projections(account, afterKey, limit);
    }

    @Override
    public List<StoredFinding> findingsOf(AccountId account, String afterId, int limit) {
        return findings.ofAccount(tenantOf(account), account, afterId, limit);
    }

    @Override
    public Counted countersOf(AccountId account) {
        return counters.ofAccount(tenantOf(account), account);
    }

    @Override
    public boolean repair(
            AccountId account,
            String stamp,
            List<StoredFinding> strayFindings,
            List<StoredFinding> missingFindings,
            Map<RollupKey, Long> counted) {
        return rebuild.repair(tenantOf(account), account, stamp, strayFindings, missingFindings, counted);
    }
}
