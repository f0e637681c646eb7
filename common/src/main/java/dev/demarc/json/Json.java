package dev.demarc.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An immutable JSON value. Object members keep their order; a number keeps the digits it was written with. */
public sealed interface Json {

    record JsonObject(Map<String, Json> members) implements Json {
        public JsonObject {
            members = Collections.unmodifiableMap(members);
        }

        /** The member of exactly this name, or {@link JsonNull} when there is none. */
        public Json member(String name) {
            Json found = members.get(name);
            return found == null ? JsonNull.NULL : found;
        }
    }

    record JsonArray(List<Json> elements) implements Json {
        public JsonArray {
            elements = Collections.unmodifiableList(elements);
        }
    }

    record JsonText(String value) implements Json {}

    /** A number by its digits, so that no precision is lost on the way through. */
    record JsonNumber(String digits) implements Json {
        public double asDouble() {
            return Double.parseDouble(digits);
        }

        /** The number as a long when it has no fraction and fits one. */
        public Optional<Long> asLong() {
            try {
                return Optional.of(Long.parseLong(digits));
            } catch (NumberFormatException notPlain) {
                double value = asDouble();
                boolean whole = value == Math.rint(value) && Math.abs(value) < 9e15;
                return whole ? Optional.of((long) value) : Optional.empty();
            }
        }
    }

    enum JsonBoolean implements Json {
        TRUE,
        FALSE
    }

    enum JsonNull implements Json {
        NULL
    }

    static Json of(String value) {
        return new JsonText(value);
    }

    static Json of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    static Json of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    static Json array(List<? extends Json> elements) {
        return new JsonArray(List.copyOf(elements));
    }

    static Builder object() {
        return new Builder();
    }

    /** The member of an object by its exact name; {@link JsonNull} when this is no object or has none. */
    default Json at(String name) {
        return this instanceof JsonObject object ? object.member(name) : JsonNull.NULL;
    }

    /** The text this value holds, when it is text. */
    default Optional<String> text() {
        return this instanceof JsonText(String value) ? Optional.of(value) : Optional.empty();
    }

    /** The text of a member, or the fallback when it is missing or no text. */
    default String textAt(String name, String fallback) {
        return at(name).text().orElse(fallback);
    }

    /** The whole number of a member (number, or a string of digits), or the fallback. */
    default long longAt(String name, long fallback) {
        return switch (at(name)) {
            case JsonNumber number -> number.asLong().orElse(fallback);
            case JsonText(String digits) when digits.matches("-?\\d{1,18}") -> Long.parseLong(digits);
            case JsonText ignored -> fallback;
            case JsonObject ignored -> fallback;
            case JsonArray ignored -> fallback;
            case JsonBoolean ignored -> fallback;
            case JsonNull ignored -> fallback;
        };
    }

    /** The elements of an array; none for anything else. */
    default List<Json> elements() {
        return this instanceof JsonArray(List<Json> elements) ? elements : List.of();
    }

    /** The members of an object; none for anything else. */
    default Map<String, Json> members() {
        return this instanceof JsonObject object ? object.members() : Map.of();
    }

    default boolean isNull() {
        return this == JsonNull.NULL;
    }

    default boolean isObject() {
        return this instanceof JsonObject;
    }

    /** Compact JSON text. */
    default String write() {
        return JsonWriter.write(this);
    }

    /** Collects the members of an object in order; null values and empty optionals are left out. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder with(String name, Json value) {
            members.put(name, value);
            return this;
        }

        public Builder with(String name, String value) {
            return with(name, Json.of(value));
        }

        public Builder with(String name, long value) {
            return with(name, Json.of(value));
        }

        public Builder with(String name, boolean value) {
            return with(name, Json.of(value));
        }

        public Builder with(String name, Optional<String> value) {
            value.ifPresent(text -> with(name, text));
            return this;
        }

        /** As {@link #with}, for a value that may not be there. */
        public Builder withPresent(String name, Optional<? extends Json> value) {
            value.ifPresent(json -> with(name, json));
            return this;
        }

        public JsonObject build() {
            return new JsonObject(new LinkedHashMap<>(members));
        }
    }
}
