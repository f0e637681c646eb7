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
import java.util.Locale;
import java.util.Optional;

/** Accepts a value only when it has the declared type. */
final class Types {
    private Types() {}

    static SettingValue typed(Setting setting, Json value) {
        SettingValue read = as(setting.readAs(), setting, value);
        return setting.translation() == Setting.Translation.NONE ? read : translated(setting, read);
    }

    private static SettingValue as(Setting.Type type, Setting setting, Json value) {
        boolean coerces = setting.translation().coerces();
        return switch (type) {
            case BOOL -> value instanceof Json.JsonBoolean ? new Known(value, false) : truth(setting, value, coerces);
            case INT ->
                value instanceof Json.JsonNumber number && number.asLong().isPresent()
                        ? new Known(value, false)
                        : coerces ? int64(setting, value) : wrong(setting);
            case INT64 -> int64(setting, value);
            case TEXT -> value instanceof Json.JsonText ? new Known(value, false) : wrong(setting);
            case OBJECT -> value instanceof Json.JsonObject ? new Known(value, false) : wrong(setting);
            case POLICY -> policy(setting, value);
            case ACL -> acl(setting, value);
            case TEXTS, LIST -> wrong(setting);
            case PRESENT -> value instanceof Json.JsonBoolean ? wrong(setting) : new Known(Json.of(true), false);
        };
    }

    private static SettingValue truth(Setting setting, Json value, boolean coerces) {
        String text = coerces ? value.text().orElse("").toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true" -> new Known(Json.of(true), false);
            case "false" -> new Known(Json.of(false), false);
            default -> wrong(setting);
        };
    }

    /** A value for which the form has a word becomes what that word means; without words, only its unit changes. */
    private static SettingValue translated(Setting setting, SettingValue read) {
        if (!(read instanceof Known(Json value, boolean byAbsence))) {
            return read;
        }
        Setting.Translation translation = setting.translation();
        Json meant = translation.words().get(value.text().orElseGet(value::write));
        if (meant != null) {
            return new Known(meant, byAbsence);
        }
        if (setting.readAs() != setting.type()) {
            return wrong(setting);
        }
        return translation.times() == 1 ? read : times(setting, value, translation.times(), byAbsence);
    }

    private static SettingValue times(Setting setting, Json value, long times, boolean byAbsence) {
        long number = value instanceof Json.JsonNumber read ? read.asLong().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
        return Math.abs(number) > Long.MAX_VALUE / times
                ? wrong(setting)
                : new Known(Json.of(number * times), byAbsence);
    }

    private static Json translated(Setting setting, Json text) {
        return setting.translation().words().getOrDefault(text.text().orElse(""), text);
    }

    static SettingValue texts(Setting setting, List<Json> values, boolean byAbsence) {
        boolean allText = values.stream().allMatch(Json.JsonText.class::isInstance);
        if (!allText) {
            return wrong(setting);
        }
        List<Json> meant = setting.translation().words().isEmpty()
                ? values
                : values.stream().map(value -> translated(setting, value)).toList();
        return new Known(new Json.JsonArray(meant), byAbsence);
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
