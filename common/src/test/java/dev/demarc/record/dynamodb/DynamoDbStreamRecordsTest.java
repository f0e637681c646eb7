package dev.demarc.record.dynamodb;

import static dev.demarc.record.Sample.ACCOUNT;
import static dev.demarc.record.Sample.BUCKET;
import static dev.demarc.record.Sample.ENCRYPTION;
import static dev.demarc.record.Sample.NOON;
import static dev.demarc.record.Sample.failing;
import static dev.demarc.record.Sample.first;
import static dev.demarc.record.Sample.next;
import static dev.demarc.record.Sample.observed;
import static dev.demarc.record.Sample.passing;
import static dev.demarc.record.Sample.step;
import static dev.demarc.record.Sample.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.model.Labels;
import dev.demarc.model.Observation;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.Projected;
import dev.demarc.record.Sample;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidence;
import dev.demarc.record.SweepEvidenceJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbStreamRecordsTest {
    private static final String SEQUENCE = "4421584500000000017450439091";
    private static final Observation BEFORE = passing("a", 1);
    private static final Observation AFTER = Sample.gone("a", 2);

    @Test
    void readsBothImagesOfAModification() {
        Json record = record(item(BEFORE), item(AFTER));

        assertThat(change(DynamoDbStreamRecords.read(record, NOON)))
                .isEqualTo(new ObservationChange(SEQUENCE, Optional.of(BEFORE), AFTER));
    }

    @Test
    void readsAnInsertionWithoutABeforeImage() {
        assertThat(change(DynamoDbStreamRecords.read(record(Map.of(), item(BEFORE)), NOON)))
                .isEqualTo(new ObservationChange(SEQUENCE, Optional.empty(), BEFORE));
    }

    @Test
    void readsASweepThatEnded() {
        SweepEvidence ended = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);

        assertThat(change(DynamoDbStreamRecords.read(
                        record(Map.of(), sweepItem("aws#111122223333#0", "S#", ended)), NOON)))
                .isEqualTo(new StoreChange.SweepEnded(SEQUENCE, ended));
    }

    @Test
    void readsAStepOfHistoryOnceWhenTheProjectedItemGetsIt() {
        Projected opened = first(failing("a", 1));
        Projected again = next(Optional.of(opened), failing("a", 2));
        HistoryEntry entry = step(Optional.empty(), opened).history().orElseThrow();
        Map<String, AttributeValue> one = ProjectedItems.item(opened, Optional.of(entry), 1, NOON);
        Map<String, AttributeValue> two = ProjectedItems.item(again, Optional.of(entry), 2, NOON);

        assertThat(change(DynamoDbStreamRecords.read(record(Map.of(), one), NOON)))
                .isEqualTo(new StoreChange.HistoryAdded(SEQUENCE, entry));
        assertThat(DynamoDbStreamRecords.read(record(one, two), NOON)).isInstanceOf(StreamRecord.Nothing.class);
    }

    @Test
    void ignoresWhatExpired() {
        assertThat(DynamoDbStreamRecords.read(record(item(AFTER), Map.of()), NOON))
                .isInstanceOf(StreamRecord.Nothing.class);
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
                .allSatisfy(item -> assertThat(DynamoDbStreamRecords.read("1", Map.of(), item, NOON))
                        .isInstanceOf(StreamRecord.Nothing.class));
    }

    @Test
    void refusesAClaimAboutAnotherAccount() {
        Map<String, AttributeValue> forged = new HashMap<>(item(BEFORE));
        forged.put("pk", Table.s("aws#444455556666#0"));

        StreamRecord.Poison poison = poison(DynamoDbStreamRecords.read("1", Map.of(), forged, NOON));

        assertThat(poison.account().orElseThrow().account()).isEqualTo("444455556666");
        assertThat(poison.reason()).isEqualTo("it speaks of another account or resource than its key");
    }

    @Test
    void refusesAnObservationInAnotherShardThanItsOwn() {
        Map<String, AttributeValue> misplaced = new HashMap<>(item(BEFORE));
        String own = Table.text(misplaced, "pk");
        misplaced.put("pk", Table.s("aws#111122223333#" + (own.endsWith("0") ? "1" : "0")));

        poison(DynamoDbStreamRecords.read("1", Map.of(), misplaced, NOON));
    }

    @Test
    void refusesEvidenceOfAnotherAccount() {
        SweepEvidence ended = sweep(ACCOUNT, BUCKET, NOON, SweepEvidence.State.COMPLETE);

        poison(DynamoDbStreamRecords.read("1", Map.of(), sweepItem("aws#444455556666#0", "S#", ended), NOON));
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

            assertThat(poison(DynamoDbStreamRecords.read(record(Map.of(), garbage), NOON))
                            .reason())
                    .startsWith("its body cannot be read");
        }
        Map<String, AttributeValue> bare = Keys.key("aws#111122223333#0", "R#x");
        poison(DynamoDbStreamRecords.read("1", Map.of(), bare, NOON));
    }

    @Test
    void refusesABodyThatGrowsBeyondBounds() {
        Map<String, AttributeValue> item = new HashMap<>(item(BEFORE));
        item.put("body", bytes(Deflated.of(new byte[64 << 20])));

        poison(DynamoDbStreamRecords.read("1", Map.of(), item, NOON));
    }

    @Test
    void refusesABodyThatIsReadAndFitsIntoNoItemOfTheCentre() {
        Map<String, AttributeValue> item = new HashMap<>(item(BEFORE));
        Json body = Body.with(Body.objectIn(item), "padding", Json.of("x".repeat(Claims.LONGEST_BODY)));
        item.put("body", Body.of(body));
        assertThat(item.get("body").b().asByteArray()).hasSizeLessThan(4096);

        poison(DynamoDbStreamRecords.read("1", Map.of(), item, NOON));

        item.put("body", Body.of(Body.with(body, "padding", Json.of("x".repeat(Claims.LONGEST_BODY - 1024)))));
        assertThat(change(DynamoDbStreamRecords.read("1", Map.of(), item, NOON)))
                .isInstanceOf(ObservationChange.class);
    }

    @Test
    void refusesAReasonOrALabelThatIsTooLong() {
        Observation wordy = observed(Sample.bucket("a"), 1, Map.of(ENCRYPTION, reason(2049)));
        Observation label =
                observed(Sample.bucket("a"), Sample.version(1), "rev-1", owner(513), Map.of(ENCRYPTION, reason(2048)));
        Observation fits =
                observed(Sample.bucket("a"), Sample.version(1), "rev-1", owner(512), Map.of(ENCRYPTION, reason(2048)));

        assertThat(poison(DynamoDbStreamRecords.read("1", Map.of(), item(wordy), NOON))
                        .reason())
                .contains("a reason of more than 2048");
        assertThat(poison(DynamoDbStreamRecords.read("1", Map.of(), item(label), NOON))
                        .reason())
                .contains("a label of more than 512");
        assertThat(change(DynamoDbStreamRecords.read("1", Map.of(), item(fits), NOON)))
                .isInstanceOf(ObservationChange.class);
    }

    private static Verdict reason(int length) {
        return new Verdict.NonCompliant("x".repeat(length));
    }

    private static Labels owner(int length) {
        return new Labels(Optional.empty(), Optional.empty(), Optional.of("x".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-02-01T12:00:01Z"
            })
    void refusesATimeThatCannotBeTrue(String time) {
        SweepEvidence started = sweep(ACCOUNT, BUCKET, Instant.parse(time), SweepEvidence.State.COMPLETE);

        assertThat(poison(DynamoDbStreamRecords.read("1", Map.of(), item(dated(Instant.parse(time))), NOON))
                        .reason())
                .contains("dated before 1970 or more than a day ahead");
        poison(DynamoDbStreamRecords.read("1", Map.of(), sweepItem("aws#111122223333#0", "S#", started), NOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-02-01T11:59:00Z"})
    void takesATimeThatCanBeTrue(String time) {
        SweepEvidence started = sweep(ACCOUNT, BUCKET, Instant.parse(time), SweepEvidence.State.COMPLETE);

        change(DynamoDbStreamRecords.read("1", Map.of(), item(dated(Instant.parse(time))), NOON));
        change(DynamoDbStreamRecords.read("1", Map.of(), sweepItem("aws#111122223333#0", "S#", started), NOON));
    }

    @Test
    void holdsTimesAgainstTheClockOfTheStream() {
        Observation later = dated(NOON.plus(Duration.ofDays(2)));
        Json early = writtenAt(record(Map.of(), item(later)), NOON);
        Json late = writtenAt(record(Map.of(), item(later)), NOON.plus(Duration.ofDays(2)));

        poison(DynamoDbStreamRecords.read(early, NOON.plus(Duration.ofDays(9))));
        change(DynamoDbStreamRecords.read(late, NOON));
    }

    private static Json writtenAt(Json record, Instant time) {
        Json change = Body.with(record.at("dynamodb"), "ApproximateCreationDateTime", Json.of(time.getEpochSecond()));
        return Body.with(record, "dynamodb", change);
    }

    private static Observation dated(Instant time) {
        return observed(
                Sample.bucket("a"), new Version(time, 0), "rev-1", Labels.NONE, Map.of(ENCRYPTION, Sample.FAIL));
    }

    @Test
    void refusesARecordOfAnotherForm() {
        assertThat(poison(DynamoDbStreamRecords.read(Json.of("no record"), NOON))
                        .account())
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

        assertThat(poison(DynamoDbStreamRecords.read(noBase64, NOON)).account()).contains(ACCOUNT);
    }

    @Test
    void saysNothingOfTheItemInTheReason() {
        Map<String, AttributeValue> item = new HashMap<>(item(BEFORE));
        item.put("state", Table.s("hunter2"));

        assertThat(poison(DynamoDbStreamRecords.read("1", Map.of(), item, NOON)).reason())
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
