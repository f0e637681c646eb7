package dev.demarc.record.dynamodb;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.FAIL;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.WHOLE;
import static dev.demarc.record.Sample.bucket;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.gone;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.sweep;
import static dev.demarc.record.Sample.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.Documents;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.Poison;
import dev.demarc.record.Projected;
import dev.demarc.record.Sample;
import dev.demarc.record.Scope;
import dev.demarc.record.ScopedReads;
import dev.demarc.record.StoreChange;
import dev.demarc.record.StoredFinding;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.Tenants;
import dev.demarc.testing.RequiresLocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@Tag("integration")
class DynamoDbStoreTest implements CentralStoreContract {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    private final String table = "demarc-" + UUID.randomUUID();
    private Instant now = NOON;
    private DynamoDbClient client;
    private DynamoDbStreamsClient streams;
    private StreamTail tail;

    @BeforeEach
    void createTable() {
        client = LOCALSTACK.client(DynamoDbClient.builder());
        streams = LOCALSTACK.client(DynamoDbStreamsClient.builder());
        TestTable.create(client, table);
        tail = new StreamTail(client, streams, table);
    }

    @AfterEach
    void dropTable() {
        client.deleteTable(request -> request.tableName(table));
        client.close();
        streams.close();
    }

    @Override
    public CentralStore store(Tenants tenants) {
        return new DynamoDbStore(client, table, () -> now, tenants);
    }

    @Override
    public List<StoreChange> changes() {
        return tail.changes();
    }

    @Test
    void writesOnlyThePartitionsOfTheAccount() {
        store().record(passing("a", 1));
        store().putFeedEvidence(new FeedEvidence(ACCOUNT.provider(), ACCOUNT.account(), BUCKET, NOON));
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE));
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.UNDER_WAY));
        store().quarantine(Optional.of(ACCOUNT), "queue", new byte[] {1}, "no JSON", NOON);

        assertThat(items())
                .hasSize(5)
                .allSatisfy(item -> assertThat(Table.text(item, "pk")).matches(ACCOUNT.key() + "#[0-3]"));
    }

    @Test
    void letsATombstoneExpireNinetyDaysAfterItWasWritten() {
        store().record(passing("a", 1));
        store().record(gone("b", 1));

        assertThat(items())
                .extracting(item -> Optional.ofNullable(item.get("ttl")).map(AttributeValue::n))
                .containsExactlyInAnyOrder(
                        Optional.empty(),
                        Optional.of(Long.toString(NOON.plus(Duration.ofDays(90)).getEpochSecond())));
    }

    @Test
    void refusesAnItemThatSpeaksOfAnotherAccount() {
        Map<String, AttributeValue> item = ObservationItems.item(passing("a", 1), NOON);
        put("aws#444455556666#0", Table.text(item, "sk"), item);

        assertThat(changes()).isEmpty();
        assertThat(tail.poison()).hasSize(1).first().satisfies(poison -> {
            assertThat(poison.account().orElseThrow().account()).isEqualTo("444455556666");
            assertThat(poison.reason()).contains("another account");
        });
    }

    @Test
    void takesTheSameItemInItsOwnPartition() {
        client.putItem(request -> request.tableName(table).item(ObservationItems.item(passing("a", 1), NOON)));

        assertThat(changes()).hasSize(1);
        assertThat(tail.poison()).isEmpty();
    }

    @Test
    void doesNotLetAnAccountSlipFindingsIntoTheOrderByAge() {
        project(failing("a", 1));
        Map<String, AttributeValue> real = items().stream()
                .filter(item -> Table.text(item, "pk").startsWith("F#")
                        && Table.text(item, "sk").contains("DAT-01"))
                .findFirst()
                .orElseThrow();
        put("aws#444455556666#0", "R#forged", real);

        List<StoredFinding> byAge = store().findingsByAge(WHOLE, ScopedReads.AgeMark.START, 10);

        assertThat(byAge).isEqualTo(List.of(byAge.getFirst()));
    }

    @Test
    void doesNotLetAnAccountVouchForAnotherOne() {
        SweepEvidence forged = sweep(Sample.NEIGHBOUR, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        store().putSweepEvidence(forged);
        Map<String, AttributeValue> item = items().getFirst();
        put(ACCOUNT.key() + "#0", Table.text(item, "sk"), item);

        assertThat(store().sweepEvidence(WHOLE)).containsExactly(forged);
        assertThat(store().completeSweep(ACCOUNT.provider(), ACCOUNT.account(), BUCKET))
                .isEmpty();
    }

    @Test
    void keepsPoisonOutOfWhatAnAccountForges() {
        put(ACCOUNT.key() + "#0", "R#x", Map.of("age", Table.s("Q#0"), "agesort", Table.s("9")));
        store().quarantine(Optional.of(ACCOUNT), "queue", new byte[] {1}, "no JSON", NOON);

        assertThat(store().poison(WHOLE, 10)).extracting(Poison::source).containsExactly("queue");
    }

    @Test
    void doesNotListPoisonUnderAnotherKeyThanItsOwnOrDatedAhead() {
        store().quarantine(Optional.of(ACCOUNT), "queue", new byte[] {1}, "no JSON", NOON);
        Map<String, AttributeValue> real = items().getFirst();
        put(ACCOUNT.key() + "#0", "Q#copy", real);
        put(ACCOUNT.key() + "#1", Table.text(real, "sk"), real);
        assertThat(store().poison(WHOLE, 10)).hasSize(1);
        assertThat(store().poison(Scope.operator(Scope.MAIN, ACCOUNT), 10)).hasSize(1);

        Instant ahead = NOON.plus(Duration.ofDays(2));
        put(
                ACCOUNT.key() + "#0",
                Table.text(real, "sk"),
                Table.item(real, Map.of("agesort", Table.s(ahead + "#"), "lastSeen", Table.s(ahead.toString()))));
        assertThat(store().poison(WHOLE, 10)).isEmpty();
        assertThat(store().poison(Scope.operator(Scope.MAIN, ACCOUNT), 10)).isEmpty();
    }

    @Test
    void passesOverAnAccountThatFloodsTheIndexOfEvidence() {
        store().putFeedEvidence(Sample.feed(Sample.NEIGHBOUR, BUCKET, NOON));
        String shard = Keys.evidenceIndex(Keys.FEED, Sample.NEIGHBOUR);
        flood(SharedIndex.MOST_OF_AN_ACCOUNT + 200, shard);
        SharedIndex index = new SharedIndex(new Table(client, table), EvidenceItems.INDEX);

        assertThat(index.items(shard, any -> true)).hasSize(SharedIndex.MOST_OF_AN_ACCOUNT + 1);
        assertThat(index.items(shard, Sample.NEIGHBOUR::equals)).hasSize(1);
        assertThat(store().feedEvidence(WHOLE)).containsExactly(Sample.feed(Sample.NEIGHBOUR, BUCKET, NOON));
    }

    /** Items of the account that stand before those of its neighbour. */
    private void flood(int count, String shard) {
        for (int from = 0; from < count; from += 25) {
            List<WriteRequest> batch = IntStream.range(from, Math.min(count, from + 25))
                    .mapToObj(i -> Table.item(
                            Keys.key(ACCOUNT.key() + "#" + i % 9, "x" + i), Map.of("evidence", Table.s(shard))))
                    .map(item -> WriteRequest.builder()
                            .putRequest(put -> put.item(item))
                            .build())
                    .toList();
            client.batchWriteItem(request -> request.requestItems(Map.of(table, batch)));
        }
    }

    @Test
    void replacesWhatIsDatedAhead() {
        Instant ahead = NOON.plus(Duration.ofDays(3650));
        SweepEvidence held = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);
        now = ahead;
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, ahead, SweepEvidence.State.COMPLETE));
        store().putFeedEvidence(Sample.feed(ACCOUNT, BUCKET, ahead));
        store().record(observed(bucket("a"), new Version(ahead, 0), "rev-1", Labels.NONE, Map.of()));
        assertThat(store().observation(bucket("a"))).isPresent();
        assertThat(store().sweepEvidence(WHOLE)).hasSize(1);

        now = NOON;
        assertThat(store().observation(bucket("a"))).isEmpty();
        assertThat(store().sweepEvidence(WHOLE)).isEmpty();
        assertThat(store().feedEvidence(WHOLE)).isEmpty();

        store().putSweepEvidence(held);
        store().putFeedEvidence(Sample.feed(ACCOUNT, BUCKET, NOON));
        assertThat(store().record(passing("a", 1))).isEqualTo(CentralStore.Outcome.RECORDED);
        assertThat(store().observation(bucket("a"))).contains(passing("a", 1));
        assertThat(store().sweepEvidence(WHOLE)).containsExactly(held);
        assertThat(store().feedEvidence(WHOLE)).containsExactly(Sample.feed(ACCOUNT, BUCKET, NOON));
    }

    @Test
    void confirmsNothingWithASweepThatBeginsLater() {
        store().putSweepEvidence(sweep(ACCOUNT, BUCKET, NOON.plusSeconds(60), SweepEvidence.State.COMPLETE));
        assertThat(store().completeSweep(ACCOUNT.provider(), ACCOUNT.account(), BUCKET))
                .isEmpty();

        now = NOON.plusSeconds(60);
        assertThat(store().completeSweep(ACCOUNT.provider(), ACCOUNT.account(), BUCKET))
                .isPresent();
    }

    @Test
    void skipsAnObservationThatCannotBeRead() {
        store().record(passing("a", 1));
        Map<String, AttributeValue> garbage =
                Map.of("body", Table.s("{"), "state", Table.s("LIVE"), "type", Table.s(BUCKET.name()));
        put(ACCOUNT.key() + "#0", "R#garbage", garbage);

        assertThat(store().observationsOf(ACCOUNT.provider(), ACCOUNT.account(), BUCKET))
                .containsExactly(passing("a", 1));
        assertThat(store().observations(ACCOUNT, "", 10)).containsExactly(passing("a", 1));
    }

    @Test
    void refusesAnObservationThatNoProjectionCouldHold() {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (int i = 0; i <= Claims.MOST_VERDICTS; i++) {
            verdicts.put(new ControlId(String.format(Locale.ROOT, "DAT-%02d", i)), FAIL);
        }
        Observation tooLarge = observed(bucket("a"), 1, verdicts);

        assertThatThrownBy(() -> store().record(tooLarge)).hasMessageContaining("more than 47 verdicts");
    }

    @Test
    void projectsAnObservationAsLargeAsIsAllowedWhenAllItsFindingsMove() {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (int i = 0; i < Claims.MOST_VERDICTS; i++) {
            verdicts.put(new ControlId(String.format(Locale.ROOT, "DAT-%02d", i)), FAIL);
        }
        project(observed(bucket("a"), 1, verdicts));

        Projected moved = project(observed(bucket("a"), version(2), "rev-1", Labels.NONE, verdicts));

        assertThat(store().findingsOf(ACCOUNT, "", 100)).containsExactlyInAnyOrderElementsOf(moved.findings());
    }

    @Test
    void keepsTheNewestStepOfADeletedResourceAsLongAsItsHistory() {
        project(failing("a", 1));
        project(gone("a", 2));

        assertThat(items().stream()
                        .filter(item -> Table.text(item, "pk").matches("[PH]#.*"))
                        .map(item -> Table.number(item, "ttl")))
                .containsExactlyInAnyOrder(
                        NOON.plus(Duration.ofDays(400)).getEpochSecond(),
                        version(1).observedAt().plus(Duration.ofDays(400)).getEpochSecond());
        assertThat(store().history(WHOLE, bucket("a"), "", 10)).hasSize(2);
    }

    @Test
    void forgetsADocumentWhenItsTimeIsOver() {
        Documents.Write write = new Documents.Write(
                Documents.Kind.IDEMPOTENCY,
                "key",
                0,
                NOON,
                "ann",
                Json.of("answer"),
                Optional.of(NOON.plusSeconds(60)));
        assertThat(store().write(WHOLE, write)).isTrue();
        assertThat(store().document(WHOLE, write.kind(), "key")).isPresent();

        now = NOON.plusSeconds(61);

        assertThat(store().document(WHOLE, write.kind(), "key")).isEmpty();
        assertThat(store().documents(WHOLE, write.kind(), "", 10)).isEmpty();
        assertThat(store().write(WHOLE, write)).isTrue();
    }

    @Test
    void appliesAProjectionOnceWhenItsAnswerIsLost() {
        Projected opened = first(failing("a", 1));
        try (DynamoDbClient lossy = LOCALSTACK.client(
                DynamoDbClient.builder().overrideConfiguration(o -> o.addExecutionInterceptor(new LostAnswers(1))))) {
            CentralStore store = new DynamoDbStore(lossy, table, () -> NOON, Sample.TENANTS);

            assertThat(store.project(step(Optional.empty(), opened))).isTrue();
        }

        assertThat(store().rollups(WHOLE)).isEqualTo(opened.counters());
    }

    @Test
    void countsTwiceWhenAnAddWithoutTokenAndGuardLosesItsAnswer() {
        // The control of the test above: the same loss doubles a bare addition.
        try (DynamoDbClient lossy = LOCALSTACK.client(
                DynamoDbClient.builder().overrideConfiguration(o -> o.addExecutionInterceptor(new LostAnswers(1))))) {
            lossy.updateItem(request -> request.tableName(table)
                    .key(Keys.key("CONTROL", "x"))
                    .updateExpression("ADD #n :one")
                    .expressionAttributeNames(Map.of("#n", "n"))
                    .expressionAttributeValues(Map.of(":one", Table.n(1))));
        }

        assertThat(items().getFirst()).containsEntry("n", Table.n(2));
    }

    @Test
    void keepsAFindingInItsPlaceWhenItsVerdictAloneChanges() {
        project(failing("a", 1));
        List<Map<String, AttributeValue>> before = keysOfFindings();

        project(observed(bucket("a"), 2, Map.of(Sample.ENCRYPTION, Sample.DOUBT)));
        assertThat(keysOfFindings()).isEqualTo(before);

        project(observed(bucket("a"), version(3), "rev-1", Labels.NONE, Map.of(Sample.ENCRYPTION, FAIL)));
        assertThat(keysOfFindings()).isNotEqualTo(before);
    }

    private List<Map<String, AttributeValue>> keysOfFindings() {
        return items().stream()
                .filter(item -> Table.text(item, "pk").startsWith("F#"))
                .map(item -> Map.of("pk", item.get("pk"), "sk", item.get("sk")))
                .toList();
    }

    private void put(String partition, String sort, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.putAll(Keys.key(partition, sort));
        client.putItem(request -> request.tableName(table).item(item));
    }

    private List<Map<String, AttributeValue>> items() {
        return client.scan(request -> request.tableName(table)).items();
    }
}
