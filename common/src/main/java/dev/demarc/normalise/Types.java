package dev.demarc.normalise;

import dev.demarc.catalogue.Setting;
import dev.demarc.catalogue.Walk;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.SettingValue;
import dev.demarc.model.SettingValue.Known;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Accepts a value only when it has the declared type. */
final class Types {
    private Types() {}

    static SettingValue typed(Setting setting, Json value) {
        return switch (setting.type()) {
            case BOOL -> value instanceof Json.JsonBoolean ? new Known(value, false) : wrong(setting);
            case INT ->
                value instanceof Json.JsonNumber number && number.asLong().isPresent()
                        ? new Known(value, false)
                        : wrong(setting);
            case INT64 -> int64(setting, value);
            case TEXT -> value instanceof Json.JsonText ? new Known(value, false) : wrong(setting);
            case OBJECT -> value instanceof Json.JsonObject ? new Known(value, false) : wrong(setting);
            case POLICY -> policy(setting, value);
            case ACL -> acl(setting, value);
            case TEXTS, LIST -> wrong(setting);
        };
    }

    static SettingValue texts(Setting setting, List<Json> values, boolean byAbsence) {
        boolean allText = values.stream().allMatch(Json.JsonText.class::isInstance);
        return allText ? new Known(new Json.JsonArray(values), byAbsence) : wrong(setting);
    }

    static Walk.Collected arrayInText(String text) {
        return JsonReader.embedded(text)
                .filter(Json.JsonArray.class::isInstance)
                .map(array -> new Walk.Collected(array.elements(), true, false, false))
                .orElse(new Walk.Collected(List.of(), true, false, true));
    }

    private static SettingValue int64(Setting setting, Json value) {
        if (value instanceof Json.JsonText(String digits) && isDigits(digits)) {
            return new Known(new Json.JsonNumber(digits), false);
        }
        return value instanceof Json.JsonNumber number && number.asLong().isPresent()
                ? new Known(value, false)
                : wrong(setting);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A policy is an object with a Statement, as such or inside a string. */
    private static SettingValue policy(Setting setting, Json value) {
        Optional<Json> document = inside(value);
        boolean hasStatement =
                document.map(policy -> !policy.at("Statement").isNull()).orElse(false);
        return hasStatement ? new Known(document.get(), false) : wrong(setting);
    }

    private static SettingValue acl(Setting setting, Json value) {
        Optional<Json> document = inside(value);
        boolean hasGrants = document.map(acl ->
                        acl.at("grantList") instanceof Json.JsonArray || acl.at("Grants") instanceof Json.JsonArray)
                .orElse(false);
        return hasGrants ? new Known(document.get(), false) : wrong(setting);
    }

    private static Optional<Json> inside(Json value) {
        if (value.isObject()) {
            return Optional.of(value);
        }
        return value.text().flatMap(Types::decoded).filter(Json::isObject);
    }

    private static Optional<Json> decoded(String text) {
        Optional<Json> plain = JsonReader.embedded(text);
        if (plain.isPresent() || !text.startsWith("%7B")) {
            return plain;
        }
        try {
            return JsonReader.embedded(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static SettingValue wrong(Setting setting) {
        return SettingReader.wrongType(setting);
    }
}
