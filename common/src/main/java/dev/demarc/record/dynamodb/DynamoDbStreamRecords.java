package dev.demarc.record.dynamodb;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.record.HistoryEntry;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.StoreChange;
import dev.demarc.record.SweepEvidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the table's stream; never throws for what a record holds. Accounts write the table themselves, so their items are claims: one that
 * cannot be read, or speaks of another account than the one whose partition it is in, is poison.
 */
public final class DynamoDbStreamRecords {
    private static final String SOURCE = "store-stream";

    private DynamoDbStreamRecords() {}

    /**
     * The change of one element of {@code Records} in the event that a stream gives to a function. Times in it are held against the clock
     * of the stream, which says the same in every delivery; against {@code now} where the record has none.
     */
    public static StreamRecord read(Json record, Instant now) {
        Json images = record.at("dynamodb");
        if (!images.isObject()) {
            return poison(Optional.empty(), record.write(), "a stream record has no member 'dynamodb'");
        }
        Map<String, AttributeValue> newImage;
        try {
            newImage = image(images.at("NewImage"));
        } catch (IllegalArgumentException noBase64) {
            return poison(
                    owner(images.at("Keys").at(Keys.PK).textAt("S", "")),
                    images.at("NewImage").write(),
                    "a binary attribute is no base64");
        }
        Optional<Instant> written = written(images.at("ApproximateCreationDateTime"));
        return recordedAt(
                written,
                read(
                        images.textAt("SequenceNumber", ""),
                        oldImage(images.at("OldImage")),
                        newImage,
                        written.orElse(now)));
    }

    /** The stream says, in seconds, when the item was written; the same in every delivery. */
    private static Optional<Instant> written(Json seconds) {
        return seconds instanceof Json.JsonNumber number
                ? Optional.of(Instant.ofEpochMilli(Math.round(number.asDouble() * 1000)))
                : Optional.empty();
    }

    private static StreamRecord recordedAt(Optional<Instant> written, StreamRecord read) {
        return read
                                instanceof
                                StreamRecord.Change(
                                        StoreChange.HistoryAdded(String sequence, HistoryEntry entry, var ignored))
                        && written.isPresent()
                ? new StreamRecord.Change(new StoreChange.HistoryAdded(sequence, entry, written.get()))
                : read;
    }

    /**
     * The change between two images; an image that the record does not have is an empty map. {@code written} is when, by a clock that is
     * believed.
     */
    public static StreamRecord read(
            String sequence,
            Map<String, AttributeValue> oldImage,
            Map<String, AttributeValue> newImage,
            Instant written) {
        try {
            return change(sequence, oldImage, newImage, written)
                    .<StreamRecord>map(StreamRecord.Change::new)
                    .orElseGet(StreamRecord.Nothing::new);
        } catch (Claims.NotBelieved refused) {
            return poison(
                    owner(Table.text(newImage, Keys.PK)),
                    new TreeMap<>(newImage).toString(),
                    String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<? extends StoreChange> change(
            String sequence,
            Map<String, AttributeValue> oldImage,
            Map<String, AttributeValue> newImage,
            Instant written) {
        String sort = Table.text(newImage, Keys.SK);
        if (Table.text(newImage, Keys.PK).startsWith(Keys.PROJECTED)) {
            return step(sequence, oldImage, newImage);
        }
        if (owner(Table.text(newImage, Keys.PK)).isEmpty()) {
            return Optional.empty();
        }
        if (sort.startsWith(Keys.OBSERVATION)) {
            return Optional.of(
                    new ObservationChange(sequence, before(oldImage, written), Claims.observation(newImage, written)));
        }
        if (sort.startsWith(Keys.SWEEP)) {
            SweepEvidence evidence = Claims.read(newImage, item -> EvidenceItems.sweep(item, written));
            return Optional.of(new StoreChange.SweepEnded(sequence, evidence));
        }
        return Optional.empty();
    }

    private static Optional<Observation> before(Map<String, AttributeValue> image, Instant written) {
        try {
            return image.isEmpty() ? Optional.empty() : Optional.of(Claims.observation(image, written));
        } catch (Claims.NotBelieved neverWasOne) {
            return Optional.empty();
        }
    }

    /** A step that the old image did not have yet. */
    private static Optional<StoreChange.HistoryAdded> step(
            String sequence, Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage) {
        Optional<HistoryEntry> known =
                oldImage.isEmpty() ? Optional.empty() : Claims.read(oldImage, ProjectedItems::step);
        return Claims.read(newImage, ProjectedItems::step)
                .filter(entry -> !known.equals(Optional.of(entry)))
                .map(entry -> new StoreChange.HistoryAdded(sequence, entry));
    }

    private static Optional<AccountId> owner(String partition) {
        return Claims.owner(partition);
    }

    private static StreamRecord poison(Optional<AccountId> account, String content, String reason) {
        return new StreamRecord.Poison(account, SOURCE, content.getBytes(StandardCharsets.UTF_8), reason);
    }

    private static Map<String, AttributeValue> oldImage(Json image) {
        try {
            return image(image);
        } catch (IllegalArgumentException noBase64) {
            return Map.of();
        }
    }

    /** The attributes that matter here: text, numbers and binary, which the stream gives as base64. */
    private static Map<String, AttributeValue> image(Json image) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        image.members().forEach((name, value) -> {
            value.at("S").text().ifPresent(text -> attributes.put(name, AttributeValue.fromS(text)));
            value.at("N").text().ifPresent(number -> attributes.put(name, AttributeValue.fromN(number)));
            value.at("B")
                    .text()
                    .map(Base64.getDecoder()::decode)
                    .ifPresent(bytes -> attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(bytes))));
        });
        return attributes;
    }
}
