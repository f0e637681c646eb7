package dev.demarc.record.dynamodb;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Observation;
import dev.demarc.record.ObservationChange;
import dev.demarc.record.ObservationJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the table's stream. Answers empty for whatever is no observation, for a forgotten tombstone, and for an item that cannot be read
 * or speaks of another account than the one whose partition it is in: accounts write the table themselves, so their items are claims.
 */
public final class DynamoDbStreamRecords {
    private DynamoDbStreamRecords() {}

    /** The change of one element of {@code Records} in the event that a stream gives to a function. */
    public static Optional<ObservationChange> change(Json record) {
        Json images = record.at("dynamodb");
        return change(images.textAt("SequenceNumber", ""), image(images.at("OldImage")), image(images.at("NewImage")));
    }

    /** The change between two images; an image that the record does not have is an empty map. */
    public static Optional<ObservationChange> change(
            String sequence, Map<String, AttributeValue> oldImage, Map<String, AttributeValue> newImage) {
        return observation(newImage).map(after -> new ObservationChange(sequence, observation(oldImage), after));
    }

    private static Optional<Observation> observation(Map<String, AttributeValue> image) {
        boolean central = Claims.text(image, Keys.PK).startsWith("P#");
        if (central || !Claims.text(image, Keys.SK).startsWith(Keys.OBSERVATION)) {
            return Optional.empty();
        }
        return Claims.of(image, body -> ObservationJson.read(JsonReader.parse(body)))
                .filter(claimed -> Claims.isIn(
                        image, claimed.resource().provider(), claimed.resource().account()));
    }

    /** Text attributes only: an observation has no others that matter here. */
    private static Map<String, AttributeValue> image(Json image) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        image.members()
                .forEach((name, value) ->
                        value.at("S").text().ifPresent(text -> attributes.put(name, AttributeValue.fromS(text))));
        return attributes;
    }
}
