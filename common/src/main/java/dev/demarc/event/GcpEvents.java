package dev.demarc.event;

import dev.demarc.event.ChangeEvent.Deleted;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Rejected;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decodes what Google Cloud sends about resources: asset feed messages in their envelopes, and assets of an export. Never throws. */
public final class GcpEvents {
    private static final String EXPECTED =
            "; expected a Pub/Sub message, a temporal asset, or an asset with name and assetType";

    private final Instant fallback;
    private final List<ChangeEvent> events = new ArrayList<>();

    private GcpEvents(Instant fallback) {
        this.fallback = fallback;
    }

    /** Decodes input; {@code fallback} is the time of an asset that states none. */
    public static List<ChangeEvent> decode(Json input, Instant fallback) {
        GcpEvents decoding = new GcpEvents(fallback);
        decoding.read(input, "");
        return List.copyOf(decoding.events);
    }

    /** Decodes the text of a Pub/Sub message, which is no JSON for the first message of a feed. */
    public static List<ChangeEvent> decode(String text, Instant fallback) {
        GcpEvents decoding = new GcpEvents(fallback);
        decoding.readText(text, "");
        return List.copyOf(decoding.events);
    }

    /** The first message of a feed is plain text that speaks of the feed. */
    static boolean isWelcome(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        boolean plain = !words.startsWith("{") && !words.startsWith("[") && !words.startsWith("\"");
        return plain && (words.contains("feed") || words.contains("cloud asset"));
    }

    static boolean understands(Json input) {
        return Members.has(input, "asset", "priorAsset", "prior_asset", "assetType", "asset_type")
                || Members.has(input, "priorAssetState", "prior_asset_state", "receivedMessages")
                || Members.find(input, "assets") instanceof Json.JsonArray
                || isMessage(Members.find(input, "message"))
                || isMessage(input)
                || isMessage(Members.find(Members.find(input, "data"), "message"))
                || Members.textOf(input, "type").startsWith("google.");
    }

    private static boolean isMessage(Json input) {
        return input.isObject()
                && Members.has(input, "messageId", "message_id", "publishTime", "data", "attributes")
                && !Members.has(input, "specversion", "eventType", "id")
                && Members.find(input, "data") instanceof Json.JsonText;
    }

    private void read(Json input, String feed) {
        if (input instanceof Json.JsonText(String text)) {
            readText(text, feed);
        } else if (input instanceof Json.JsonArray(List<Json> elements)) {
            readAll(elements, feed);
        } else if (Members.has(input, "assetType", "asset_type")) {
            readAsset(input, feed);
        } else if (Members.has(input, "asset", "priorAsset", "prior_asset")) {
            readTemporal(input, feed);
        } else if (Members.find(input, "assets") instanceof Json.JsonArray(List<Json> assets)) {
            readAll(assets, feed);
        } else if (Members.find(input, "receivedMessages") instanceof Json.JsonArray(List<Json> messages)) {
            readAll(messages, feed);
        } else if (Members.find(input, "message").isObject()) {
            readMessage(Members.find(input, "message"), Members.textOf(input, "subscription"));
        } else if (Members.find(input, "data").isObject()) {
            read(Members.find(input, "data"), Members.textOf(input, "source"));
        } else if (Members.find(input, "data") instanceof Json.JsonText) {
            readMessage(input, feed);
        } else {
            events.add(new Rejected("a value of no known Google Cloud shape" + EXPECTED));
        }
    }

    private void readAll(List<Json> elements, String feed) {
        elements.forEach(element -> read(element, feed));
        if (elements.isEmpty()) {
            events.add(new Ignored("an empty list"));
        }
    }

    private void readMessage(Json message, String feed) {
        String data = Members.textOf(message, "data");
        if (data.isEmpty()) {
            events.add(new Ignored("a Pub/Sub message without data"));
            return;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(data);
            readText(new String(bytes, StandardCharsets.UTF_8), feed);
        } catch (IllegalArgumentException notBase64) {
            events.add(new Rejected("a Pub/Sub message whose data is not base64"));
        }
    }

    private void readText(String text, String feed) {
        String start = text.strip();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            events.add(
                    isWelcome(text)
                            ? new Ignored("the welcome message of a feed")
                            : new Rejected("a text that is not JSON" + EXPECTED));
            return;
        }
        try {
            read(JsonReader.parse(text), feed);
        } catch (MalformedJson malformed) {
            events.add(new Rejected("a message that is not JSON (" + malformed.getMessage() + ")" + EXPECTED));
        }
    }

    private void readAsset(Json asset, String feed) {
        Optional<ResourceId> resource = GcpIdentity.of(asset, feed);
        if (resource.isEmpty()) {
            reject();
            return;
        }
        Instant at =
                Moments.of(Members.find(asset, "updateTime", "update_time")).orElse(fallback);
        events.addAll(GcpAsset.content(asset, resource.get(), new Version(at, 0)));
    }

    private void readTemporal(Json temporal, String feed) {
        Json asset = Members.find(temporal, "asset");
        Json prior = Members.find(temporal, "priorAsset", "prior_asset");
        Optional<Instant> starts =
                Moments.of(Members.find(Members.find(temporal, "window"), "startTime", "start_time"));
        Instant at = Moments.of(Members.find(asset, "updateTime", "update_time"))
                .or(() -> starts)
                .orElse(fallback);
        Optional<ResourceId> resource =
                GcpIdentity.of(Members.has(asset, "ancestors") ? asset : named(asset, prior), feed);
        if (resource.isEmpty()) {
            reject();
        } else if (!isGone(temporal, asset)) {
            events.addAll(GcpAsset.content(asset, resource.get(), new Version(at, 0)));
        } else if (Members.has(prior, "iamPolicy", "iam_policy") && !Members.has(prior, "resource")) {
            events.add(new Touched(resource.get(), new Version(at, 0), "its IAM policy is gone"));
        } else {
            events.add(new Deleted(resource.get(), new Version(at, 0)));
        }
    }

    /** The asset to identify: the one before the change knows more than one that holds only its name. */
    private static Json named(Json asset, Json prior) {
        return Members.has(prior, "name") && Members.has(prior, "assetType", "asset_type") ? prior : asset;
    }

    private static boolean isGone(Json temporal, Json asset) {
        if (Members.find(temporal, "deleted") == Json.JsonBoolean.TRUE || !asset.isObject()) {
            return true;
        }
        boolean onlyNamed = asset.members().keySet().stream()
                .allMatch(name -> name.equals("name") || name.equals("assetType") || name.equals("asset_type"));
        String before = Members.textOf(temporal, "priorAssetState", "prior_asset_state");
        return onlyNamed && (before.equals("PRESENT") || Members.has(temporal, "priorAsset", "prior_asset"));
    }

    private void reject() {
        events.add(new Rejected("an asset without a full name (//service/...) and an assetType" + EXPECTED));
    }
}
