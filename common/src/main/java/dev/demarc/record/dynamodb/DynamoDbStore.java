package dev.demarc.record.dynamodb;

import static dev.demarc.record.dynamodb.Table.s;

import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationChange;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The central store in one DynamoDB table with keys {@code pk} and {@code sk}, the index {@code evidence} ({@code evidence}, {@code pk})
 * and a stream of new and old images, which {@link DynamoDbStreamRecords} reads. An account needs only its own partitions to record.
 */
public final class DynamoDbStore implements CentralStore {
    private static final Comparator<Map<String, AttributeValue>> BY_SORT_KEY = Comparator.comparing(
            item -> Claims.text(item, Keys.SK).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private final Table table;
    private final EvidenceItems evidence;
    private final Projector projector;
    private final InstantSource clock;

    /** The clock only decides when a tombstone may be forgotten. The table name may be an ARN. */
    public DynamoDbStore(DynamoDbClient client, String tableName, InstantSource clock) {
        this.table = new Table(client, tableName);
        this.evidence = new EvidenceItems(table);
        this.projector = new Projector(table, clock);
        this.clock = clock;
    }

    @Override
    public Outcome record(Observation observation) {
        Map<String, AttributeValue> key = Keys.observation(observation.resource());
        // A refused conditional write costs as much as an accepted one; this read costs a tenth of it.
        Optional<Observation> recent = table.findRecent(key).map(ObservationItems::read);
        if (recent.isPresent() && ObservationItems.stays(recent.get(), observation)) {
            return ObservationItems.outcomeBeside(recent.get(), observation);
        }
        return table.putUnless(
                        ObservationItems.item(key, observation, clock.instant()),
                        ObservationItems.newer(),
                        ObservationItems.NAMES,
                        ObservationItems.newerThan(observation))
                .map(ObservationItems::read)
                .map(stored -> ObservationItems.outcomeBeside(stored, observation))
                .orElse(Outcome.RECORDED);
    }

    @Override
    public Optional<Observation> observation(ResourceId resource) {
        return table.find(Keys.observation(resource)).map(ObservationItems::read);
    }

    @Override
    public List<Observation> observationsOf(Provider provider, String account, ServiceType serviceType) {
        return Keys.shards(Keys.account(provider, account)).stream()
                .flatMap(shard -> table.query(QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND begins_with(sk, :kind)")
                        .filterExpression("#state = :live AND serviceType = :type")
                        .expressionAttributeNames(Map.of("#state", ObservationItems.STATE))
                        .expressionAttributeValues(Map.of(
                                ":pk", s(shard),
                                ":kind", s(Keys.OBSERVATION),
                                ":live", s(Observation.State.LIVE.name()),
                                ":type", s(serviceType.name())))))
                .map(ObservationItems::read)
                .toList();
    }

    @Override
    public Optional<Observation> projected(ResourceId resource) {
        return table.find(Keys.projected(resource)).map(ObservationItems::read);
    }

    @Override
    public boolean project(Optional<Observation> expected, Observation now, Projection projection) {
        return projector.project(expected, now, projection);
    }

    /** Delivers nothing: the table's stream pushes the changes. */
    @Override
    public long drain(Consumer<ObservationChange> consumer) {
        return 0;
    }

    @Override
    public List<StoredFinding> findings(String afterId, int limit) {
        return Keys.shards("F#").stream()
                .flatMap(shard -> after(shard, afterId, limit))
                .sorted(BY_SORT_KEY)
                .limit(limit)
                .map(Projections::finding)
                .toList();
    }

    private Stream<Map<String, AttributeValue>> after(String shard, String afterId, int limit) {
        QueryRequest.Builder request = afterId.isEmpty()
                ? QueryRequest.builder()
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", s(shard)))
                : QueryRequest.builder()
                        .keyConditionExpression("pk = :pk AND sk > :after")
                        .expressionAttributeValues(Map.of(":pk", s(shard), ":after", s(Keys.bounded(afterId))));
        return table.firstOf(request, limit).stream();
    }

    @Override
    public List<StoredFinding> findingsOf(ResourceId resource) {
        return table.query(
                        "pk = :pk AND begins_with(sk, :beginning)",
                        Map.of(
                                ":pk", s(Keys.findings(resource.key())),
                                ":beginning", s(Keys.beginning(resource.key()))))
                .map(Projections::finding)
                .filter(finding -> finding.resource().equals(resource))
                .toList();
    }

    /** Counters that reached zero stay in the table and are left out here. */
    @Override
    public Map<RollupKey, Long> rollups() {
        Map<RollupKey, Long> counters = new HashMap<>();
        for (String shard : Keys.shards("ROLL#")) {
            table.query("pk = :pk", Map.of(":pk", s(shard)))
                    .filter(item -> Projections.count(item) != 0)
                    .forEach(item -> counters.put(Projections.counter(item), Projections.count(item)));
        }
        return counters;
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
    public List<FeedEvidence> feedEvidence() {
        return evidence.feeds();
    }

    @Override
    public List<SweepEvidence> sweepEvidence() {
        return evidence.sweeps();
    }
}
