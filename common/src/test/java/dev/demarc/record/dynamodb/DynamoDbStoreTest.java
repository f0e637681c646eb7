package dev.demarc.record.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.ControlId;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.record.CentralStore;
import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.ObservationChange;
import dev.demarc.testing.RequiresLocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@Tag("integration")
class DynamoDbStoreTest implements CentralStoreContract {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    private final String table = "demarc-" + UUID.randomUUID();
    private DynamoDbClient client;
    private DynamoDbStreamsClient streams;
    private DynamoDbStore store;
    private StreamTail tail;

    @BeforeEach
    void createTable() {
        client = LOCALSTACK.client(DynamoDbClient.builder());
        streams = LOCALSTACK.client(DynamoDbStreamsClient.builder());
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"), text("evidence"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("evidence")
                        .keySchema(key("evidence", KeyType.HASH), key("pk", KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        client.waiter().waitUntilTableExists(request -> request.tableName(table));
        store = new DynamoDbStore(client, table, () -> NOON);
        tail = new StreamTail(client, streams, table);
    }

    @AfterEach
    void dropTable() {
        client.deleteTable(request -> request.tableName(table));
        client.close();
        streams.close();
    }

    @Override
    public CentralStore store() {
        return store;
    }

    @Override
    public List<ObservationChange> changes() {
        return tail.changes();
    }

    @Test
    void writesOnlyThePartitionsOfTheAccount() {
        store.record(CentralStoreContract.passing("a", 1));
        store.putFeedEvidence(new dev.demarc.record.FeedEvidence(Provider.AWS, ACCOUNT, BUCKET, NOON));
        store.putSweepEvidence(CentralStoreContract.sweep(ACCOUNT, BUCKET, NOON, true));

        assertThat(client.scan(request -> request.tableName(table)).items())
                .hasSize(3)
                .allSatisfy(item -> assertThat(Claims.text(item, "pk")).matches("aws#" + ACCOUNT + "#[0-3]"));
    }

    @Test
    void letsATombstoneExpireNinetyDaysAfterItWasWritten() {
        store.record(CentralStoreContract.passing("a", 1));
        store.record(Observation.tombstone(CentralStoreContract.bucket("b"), BUCKET, CentralStoreContract.version(1)));

        assertThat(client.scan(request -> request.tableName(table)).items())
                .extracting(item -> Optional.ofNullable(item.get("ttl")).map(AttributeValue::n))
                .containsExactlyInAnyOrder(
                        Optional.empty(),
                        Optional.of(Long.toString(NOON.plus(Duration.ofDays(90)).getEpochSecond())));
    }

    @Test
    void refusesAnItemThatSpeaksOfAnotherAccount() {
        Observation observation = CentralStoreContract.passing("a", 1);
        client.putItem(request -> request.tableName(table)
                .item(ObservationItems.item(
                        Map.of("pk", Table.s("aws#444455556666#0"), "sk", Table.s("R#x")), observation, NOON)));

        assertThat(changes()).isEmpty();
    }

    @Test
    void refusesAProjectionThatOneTransactionCannotHold() {
        Observation now = CentralStoreContract.failing("a", 1);
        List<dev.demarc.record.StoredFinding> findings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ControlId control = new ControlId(String.format(Locale.ROOT, "DAT-%02d", i));
            findings.add(CentralStoreContract.finding(now, control));
        }
        dev.demarc.record.Projection projection = CentralStoreContract.projection(now, findings, List.of(), Map.of());

        assertThatThrownBy(() -> store.project(Optional.empty(), now, projection))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("101 writes");
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
