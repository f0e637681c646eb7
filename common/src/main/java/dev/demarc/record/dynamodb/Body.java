package dev.demarc.record.dynamodb;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The JSON of an item: text when short, else deflated binary, because a write costs by the kilobyte. */
final class Body {
    static final String NAME = "body";

    private static final int LONGEST_TEXT = 80;
    private static final int LONGEST_STORED = 380 << 10;

    private Body() {}

    static AttributeValue of(Json json) {
        return of(json, Deflated.LONGEST);
    }

    /** Of at most so many bytes in full. */
    static AttributeValue of(Json json, int longest) {
        String text = json.write();
        if (text.length() <= LONGEST_TEXT) {
            return AttributeValue.fromS(text);
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] deflated = Deflated.of(plain);
        if (deflated.length > LONGEST_STORED || plain.length > longest) {
            throw new IllegalArgumentException("the body has " + plain.length + " bytes, " + deflated.length
                    + " deflated; it may have " + longest + ", " + LONGEST_STORED + " deflated: split it");
        }
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(deflated));
    }

    /** The body of an item; a {@link MalformedJson} when it has none that can be read. */
    static Json in(Map<String, AttributeValue> item) {
        return in(item, Deflated.LONGEST);
    }

    private static Json in(Map<String, AttributeValue> item, int longest) {
        AttributeValue body = item.get(NAME);
        if (body != null && body.b() != null) {
            byte[] plain = Deflated.plain(body.b().asByteArrayUnsafe(), longest);
            return JsonReader.parse(new String(plain, StandardCharsets.UTF_8));
        }
        String text = Table.text(item, NAME);
        if (text.length() > longest) {
            throw new MalformedJson("a body is longer than " + longest + " characters");
        }
        return JsonReader.parse(text);
    }

    /** As {@link #in}, of an item whose body is an object. */
    static Json objectIn(Map<String, AttributeValue> item) {
        return object(in(item));
    }

    /** As {@link #objectIn}, of an item that an account wrote. */
    static Json claimIn(Map<String, AttributeValue> item) {
        return object(in(item, Claims.LONGEST_BODY));
    }

    private static Json object(Json body) {
        if (!body.isObject()) {
            throw new MalformedJson("a body is no object");
        }
        return body;
    }

    static Json without(Json object, String... names) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        List.of(names).forEach(members::remove);
        return new Json.JsonObject(members);
    }

    static Json with(Json object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.JsonObject(members);
    }
}
