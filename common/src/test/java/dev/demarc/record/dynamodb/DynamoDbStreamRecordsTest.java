package dev.demarc.record.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.ObservationChange;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbStreamRecordsTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Observation BEFORE = CentralStoreContract.passing("a", 1);
    private static final Observation AFTER =
            Observation.tombstone(BEFORE.resource(), BEFORE.serviceType(), CentralStoreContract.version(2));

    @Test
    void readsBothImagesOfAModification() {
        Json record = record("MODIFY", Optional.of(item(BEFORE)), Optional.of(item(AFTER)));

        assertThat(DynamoDbStreamRecords.change(record))
                .contains(new ObservationChange("4421584500000000017450439091", Optional.of(BEFORE), AFTER));
    }

    @Test
    void readsAnInsertionWithoutABeforeImage() {
        Json record = record("INSERT", Optional.empty(), Optional.of(item(BEFORE)));

        assertThat(DynamoDbStreamRecords.change(record))
                .contains(new ObservationChange("4421584500000000017450439091", Optional.empty(), BEFORE));
    }

    @Test
    void ignoresAForgottenTombstone() {
        Json record = record("REMOVE", Optional.of(item(AFTER)), Optional.empty());

        assertThat(DynamoDbStreamRecords.change(record)).isEmpty();
    }

    @Test
    void ignoresItemsThatAreNoObservations() {
        Map<String, AttributeValue> projected = ObservationItems.item(Keys.projected(BEFORE.resource()), BEFORE, NOW);
        Map<String, AttributeValue> evidence =
                Map.of("pk", Table.s("aws#111122223333#0"), "sk", Table.s("E#AWS::S3::Bucket"));

        assertThat(DynamoDbStreamRecords.change("1", Map.of(), projected)).isEmpty();
        assertThat(DynamoDbStreamRecords.change("1", Map.of(), evidence)).isEmpty();
    }

    @Test
    void ignoresAClaimAboutAnotherAccount() {
        Map<String, AttributeValue> forged =
                ObservationItems.item(Map.of("pk", Table.s("aws#444455556666#0"), "sk", Table.s("R#x")), BEFORE, NOW);

        assertThat(DynamoDbStreamRecords.change("1", Map.of(), forged)).isEmpty();
    }

    @Test
    void ignoresAnItemThatCannotBeReadSoThatOneAccountCannotStopTheFeed() {
        Map<String, AttributeValue> garbage =
                Map.of("pk", Table.s("aws#111122223333#0"), "sk", Table.s("R#x"), "body", Table.s("{\"resource\":"));
        Map<String, AttributeValue> noBody = Map.of("pk", Table.s("aws#111122223333#0"), "sk", Table.s("R#x"));

        assertThat(DynamoDbStreamRecords.change("1", Map.of(), garbage)).isEmpty();
        assertThat(DynamoDbStreamRecords.change("1", Map.of(), noBody)).isEmpty();
        assertThat(DynamoDbStreamRecords.change(Json.of("no record"))).isEmpty();
    }

    private static Map<String, AttributeValue> item(Observation observation) {
        return ObservationItems.item(Keys.observation(observation.resource()), observation, NOW);
    }

    private static Json record(
            String name,
            Optional<Map<String, AttributeValue>> oldImage,
            Optional<Map<String, AttributeValue>> newImage) {
        Json.Builder change = Json.object().with("SequenceNumber", "4421584500000000017450439091");
        oldImage.ifPresent(image -> change.with("OldImage", json(image)));
        newImage.ifPresent(image -> change.with("NewImage", json(image)));
        return Json.object()
                .with("eventID", "c4ca4238a0b923820dcc509a6f75849b")
                .with("eventName", name)
                .with(
                        "dynamodb",
                        change.with("StreamViewType", "NEW_AND_OLD_IMAGES").build())
                .build();
    }

    private static Json json(Map<String, AttributeValue> image) {
        Json.Builder members = Json.object();
        image.forEach((name, value) -> members.with(
                name,
                value.s() == null
                        ? Json.object().with("N", value.n()).build()
                        : Json.object().with("S", value.s()).build()));
        return members.build();
    }
}
