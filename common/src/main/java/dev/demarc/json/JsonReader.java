package dev.demarc.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON into {@link Json}: one value, or a stream of values one after the other. */
public final class JsonReader {
    private static final int DEPTH = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(64_000_000)
                    .build())
            .build();

    private JsonReader() {}

    /** Parses exactly one value. Refuses anything after it. */
    public static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return single(parser);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Parses exactly one value from UTF-8, UTF-16 or UTF-32 bytes. */
    public static Json parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    public static Json parse(byte[] bytes, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
            return single(parser);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** Parses one value from a stream and closes it. I/O errors stay I/O errors. */
    public static Json parse(InputStream stream) {
        try (InputStream in = stream) {
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON inside a string when the string holds an object or an array, else empty. */
    public static Optional<Json> embedded(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        if (start == text.length() || (text.charAt(start) != '{' && text.charAt(start) != '[')) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    private static Json single(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedJson("the input is empty; expected a JSON value");
        }
        Json value = value(parser, first);
        if (parser.nextToken() != null) {
            throw new MalformedJson("text after the JSON value at " + place(parser.currentLocation()));
        }
        return value;
    }

    private static Json value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Json.JsonText(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.JsonNumber(parser.getText());
            case VALUE_TRUE -> Json.JsonBoolean.TRUE;
            case VALUE_FALSE -> Json.JsonBoolean.FALSE;
            case VALUE_NULL -> Json.JsonNull.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new MalformedJson("unexpected token at " + place(parser.currentLocation()));
        };
    }

    private static Json object(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (true) {
            String name = parser.nextFieldName();
            if (name == null) {
                return new Json.JsonObject(members);
            }
            members.put(name, value(parser, nextToken(parser)));
        }
    }

    private static Json array(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (true) {
            JsonToken token = nextToken(parser);
            if (token == JsonToken.END_ARRAY) {
                return new Json.JsonArray(elements);
            }
            elements.add(value(parser, token));
        }
    }

    private static JsonToken nextToken(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new MalformedJson("the input ends in the middle of a value at " + place(parser.currentLocation()));
        }
        return token;
    }

    private static MalformedJson malformed(IOException e) {
        if (e instanceof JsonProcessingException processing) {
            // The parser's own message may quote the input, which can hold a secret: keep the place, drop the text.
            return new MalformedJson("not valid JSON at " + place(processing.getLocation()));
        }
        throw new UncheckedIOException(e);
    }

    private static String place(com.fasterxml.jackson.core.@org.jspecify.annotations.Nullable JsonLocation at) {
        return at == null ? "an unknown place" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
