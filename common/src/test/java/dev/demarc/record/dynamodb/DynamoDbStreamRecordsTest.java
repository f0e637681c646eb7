package dev.demarc.record.dynamodb;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.Sample;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbStreamRecordsTest {
    private static final String SEQUENCE = "4421584500000000017450439091";
    private static final Observation BEFORE = passing("a", 1);
    private static final Observation AFTER = Sample.gone("a", 2);

    @Test
    void readsBothImagesOfAModification() {
        Json record = record(item(BEFORE), item(AFTER));

        assertThat(change(DynamoDbStreamRecords.read(record)))
                .isEqualTo(new ObservationChange(SEQUENCE, Optional.of(BEFORE), AFTER));
    }

    @Test
    void readsAnInsertionWithoutABeforeImage() {
        assertThat(change(DynamoDbStreamRecords.read(record(Map.of(), item(BEFORE)))))
                .isEqualTo(new ObservationChange(SEQUENCE, Optional.empty(), BEFORE));
    }

    @Test
    void readsASweepThatEnded() {
        SweepEvidence ended = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);

        assertThat(change(DynamoDbStreamRecords.read(record(Map.of(), sweepItem("aws#111122223333#0", "S#", ended)))))
                .isEqualTo(new StoreChange.SweepEnded(SEQUENCE, ended));
    }

    @Test
    void readsAStepOfHistoryOnceWhenTheProjectedItemGetsIt() {
        Projected opened = first(failing("a", 1));
        Projected again = next(Optional.of(opened), failing("a", 2));
        HistoryEntry entry = step(Optional.empty(), opened).history().orElseThrow();
        Map<String, AttributeValue> one = ProjectedItems.item(opened, Optional.of(entry), 1, NOON);
        Map<String, AttributeValue> two = ProjectedItems.item(again, Optional.of(entry), 2, NOON);

        assertThat(change(DynamoDbStreamRecords.read(record(Map.of(), one))))
                .isEqualTo(new StoreChange.HistoryAdded(SEQUENCE, entry));
        assertThat(DynamoDbStreamRecords.read(record(one, two))).isInstanceOf(StreamRecord.Nothing.class);
    }

    @Test
    void ignoresWhatExpired() {
        assertThat(DynamoDbStreamRecords.read(record(item(AFTER), Map.of()))).isInstanceOf(StreamRecord.Nothing.class);
    }

    @Test
    void ignoresItemsThatAreNoNews() {
        SweepEvidence paused = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.UNDER_WAY);
        List<Map<String, AttributeValue>> quiet = List.of(
                sweepItem("aws#111122223333#0", "S~", paused),
                Keys.key("aws#111122223333#0", "E#AWS::S3::Bucket"),
                Keys.key("aws#111122223333#0", "Q#digest"),
                Keys.key("ROLL#main#3", "aws#111122223333#AWS::S3::Bucket"),
                Keys.key("F#main#aws#111122223333#", "R#looks like an observation"),
                Keys.key("D#main#REGISTER", "S#looks like a sweep"));

        assertThat(quiet)
                .allSatisfy(item -> assertThat(DynamoDbStreamRecords.read("1", Map.of(), item))
                        .isInstanceOf(StreamRecord.Nothing.class));
    }

    @Test
    void refusesAClaimAboutAnotherAccount() {
        Map<String, AttributeValue> forged = new HashMap<>(item(BEFORE));
        forged.put("pk", Table.s("aws#444455556666#0"));

        StreamRecord.Poison poison = poison(DynamoDbStreamRecords.read("1", Map.of(), forged));

        assertThat(poison.account().orElseThrow().account()).isEqualTo("444455556666");
        assertThat(poison.reason()).isEqualTo("it speaks of another account or resource than its key");
    }

    @Test
    void refusesAnObservationInAnotherShardThanItsOwn() {
        Map<String, AttributeValue> misplaced = new HashMap<>(item(BEFORE));
        String own = Table.text(misplaced, "pk");
        misplaced.put("pk", Table.s("aws#111122223333#" + (own.endsWith("0") ? "1" : "0")));

        poison(DynamoDbStreamRecords.read("1", Map.of(), misplaced));
    }

    @Test
    void refusesEvidenceOfAnotherAccount() {
        SweepEvidence ended = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);

        poison(DynamoDbStreamRecords.read("1", Map.of(), sweepItem("aws#444455556666#0", "S#", ended)));
    }

    @Test
    void refusesWhatCannotBeReadSoThatOneAccountCannotStopTheFeed() {
        Map<String, AttributeValue> whole = item(BEFORE);
        for (AttributeValue body : List.of(
                Table.s("{\"resource\":"),
                Table.s("[]"),
                Table.s(""),
                bytes(new byte[] {1, 2, 3}),
                bytes(new byte[0]),
                Table.n(1))) {
            Map<String, AttributeValue> garbage = new HashMap<>(whole);
            garbage.put("body", body);

            assertThat(poison(DynamoDbStreamRecords.read(record(Map.of(), garbage)))
                            .reason())
                    .startsWith("its body cannot be read");
        }
        Map<String, AttributeValue> bare = Keys.key("aws#111122223333#0", "R#x");
        poison(DynamoDbStreamRecords.read("1", Map.of(), bare));
    }

    @Test
    void refusesABodyThatGrowsBeyondBounds() {
        Map<String, AttributeValue> item = new HashMap<>(item(BEFORE));
        item.put("body", bytes(Deflated.of(new byte[64 << 20])));

        poison(DynamoDbStreamRecords.read("1", Map.of(), item));
    }

    @Test
    void refusesARecordOfAnotherForm() {
        assertThat(poison(DynamoDbStreamRecords.read(Json.of("no record"))).account())
                .isEmpty();
        Json noBase64 = Json.object()
                .with(
                        "dynamodb",
                        Json.object()
                                .with("Keys", json(Keys.key("aws#111122223333#0", "R#x")))
                                .with(
                                        "NewImage",
                                        Json.object()
                                                .with(
                                                        "body",
                                                        Json.object()
                                                                .with("B", "%")
                                                                .build())
                                                .build())
                                .build())
                .build();

        assertThat(poison(DynamoDbStreamRecords.read(noBase64)).account()).contains(ACCOUNT);
    }

    @Test
    void saysNothingOfTheItemInTheReason() {
        Map<String, AttributeValue> item = new HashMap<>(item(BEFORE));
        item.put("state", Table.s("hunter2"));

        assertThat(poison(DynamoDbStreamRecords.read("1", Map.of(), item)).reason())
                .doesNotContain("hunter2");
    }

    private static StoreChange change(StreamRecord record) {
        assertThat(record).isInstanceOf(StreamRecord.Change.class);
        return ((StreamRecord.Change) record).change();
    }

    private static StreamRecord.Poison poison(StreamRecord record) {
        assertThat(record).isInstanceOf(StreamRecord.Poison.class);
        return (StreamRecord.Poison) record;
    }

    private static Map<String, AttributeValue> item(Observation observation) {
        return ObservationItems.item(observation, NOON);
    }

    private static Map<String, AttributeValue> sweepItem(String partition, String kind, SweepEvidence sweep) {
        return Table.item(
                Keys.key(partition, kind + BUCKET.name()),
                Map.of("body", Table.s(SweepEvidenceJson.write(sweep).write())));
    }

    private static AttributeValue bytes(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }

    private static Json record(Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage) {
        Json.Builder change = Json.object().with("SequenceNumber", SEQUENCE);
        if (!oldImage.isEmpty()) {
            change.with("OldImage", json(oldImage));
        }
        if (!newImage.isEmpty()) {
            change.with("NewImage", json(newImage));
        }
        return Json.object()
                .with("eventID", "c4ca4238a0b923820dcc509a6f75849b")
                .with(
                        "dynamodb",
                        change.with("StreamViewType", "NEW_AND_OLD_IMAGES").build())
                .build();
    }

    private static Json json(Map<String, AttributeValue> image) {
        Json.Builder members = Json.object();
        image.forEach((name, value) -> members.with(
                name,
                switch (value.type()) {
                    case N -> Json.object().with("N", value.n()).build();
                    case B ->
                        Json.object()
                                .with(
                                        "B",
                                        Base64.getEncoder()
                                                .encodeToString(value.b().asByteArray()))
                                .build();
                    default -> Json.object().with("S", value.s()).build();
                }));
        return members.build();
    }
}
