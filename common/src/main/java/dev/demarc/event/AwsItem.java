package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One configuration item of the AWS recorder, or the summary that stands for one that is too large. */
final class AwsItem {
    private final Json item;
    private final String envelopeAccount;

    AwsItem(Json item, String envelopeAccount) {
        this.item = item;
        this.envelopeAccount = envelopeAccount;
    }

    static boolean isOne(Json document) {
        return document.isObject() && Members.has(document, "resourceType") && Members.has(document, "resourceId");
    }

    /** What the item says about its resource. */
    ChangeEvent event() {
        return identified((resource, version) -> switch (Members.textOf(item, "configurationItemStatus")) {
            case "ResourceDeleted", "ResourceDeletedNotRecorded" -> new ChangeEvent.Deleted(resource, version);
            case "ResourceNotRecorded" ->
                new ChangeEvent.Touched(resource, version, "the recorder does not record this resource");
            default -> recorded(resource, version);
        });
    }

    /** The resource of an item that the message leaves out for its size. */
    ChangeEvent summary() {
        return identified((resource, version) -> switch (Members.textOf(item, "configurationItemStatus")) {
            case "ResourceDeleted", "ResourceDeletedNotRecorded" -> new ChangeEvent.Deleted(resource, version);
            default ->
                "DELETE".equals(Members.textOf(item, "changeType"))
                        ? new ChangeEvent.Deleted(resource, version)
                        : new ChangeEvent.Touched(
                                resource, version, "the configuration item is too large for a message");
        });
    }

    private interface Reading {
        ChangeEvent of(ResourceId resource, Version version);
    }

    private ChangeEvent identified(Reading reading) {
        String type = Members.textOf(item, "resourceType");
        String id = Members.find(item, "resourceId").text().orElse("");
        String account = account();
        if (type.isEmpty() || type.indexOf('|') >= 0 || id.isBlank()) {
            return new ChangeEvent.Rejected("a configuration item without a usable resourceType and resourceId");
        }
        if (account.isEmpty() || account.indexOf('|') >= 0) {
            return new ChangeEvent.Rejected(
                    "a configuration item without an account; expected awsAccountId, accountId or an ARN that has it");
        }
        Optional<Instant> capturedAt = Moments.of(Members.find(item, "configurationItemCaptureTime"));
        if (capturedAt.isEmpty()) {
            return new ChangeEvent.Rejected(
                    "a configuration item whose configurationItemCaptureTime is no time; expected ISO 8601 or epoch seconds");
        }
        String region = Members.textOf(item, "awsRegion", "region").replace('|', '-');
        return reading.of(
                new ResourceId(Provider.AWS, account, region.isEmpty() ? "global" : region, type, id),
                new Version(capturedAt.get(), rank()));
    }

    private ChangeEvent recorded(ResourceId resource, Version version) {
        Json configuration = Members.entered(Members.find(item, "configuration"));
        if (configuration instanceof Json.JsonText(String text) && (text.isBlank() || text.equals("null"))) {
            configuration = Json.JsonNull.NULL;
        }
        Json supplementary = Members.entered(Members.find(item, "supplementaryConfiguration"));
        if (configuration.isNull()) {
            return item.members().containsKey("configuration") || item.members().containsKey("Configuration")
                    ? new ChangeEvent.Deleted(resource, version)
                    : new ChangeEvent.Touched(resource, version, "the configuration item has no configuration");
        }
        if (!configuration.isObject()) {
            return new ChangeEvent.Touched(resource, version, "the item's configuration is not readable as an object");
        }
        Json.Builder body = Json.object().with("configuration", configuration);
        if (!supplementary.members().isEmpty()) {
            body.with("supplementaryConfiguration", supplementary);
        }
        Json relationships = Members.find(item, "relationships");
        if (!relationships.elements().isEmpty()) {
            body.with("relationships", relationships);
        }
        return new ChangeEvent.Changed(resource, version, tags(configuration, supplementary), body.build(), true);
    }

    private Map<String, String> tags(Json configuration, Json supplementary) {
        Map<String, String> own = Tags.of(Members.find(item, "tags"));
        if (!own.isEmpty()) {
            return own;
        }
        Map<String, String> beside = Tags.of(Members.find(supplementary, "Tags", "TagSet", "TagList"));
        return beside.isEmpty() ? Tags.of(Members.find(configuration, "tags", "tagSet", "tagList")) : beside;
    }

    private String account() {
        String stated = Members.textOf(item, "awsAccountId", "accountId");
        if (!stated.isEmpty()) {
            return stated;
        }
        String[] arn = Members.textOf(item, "arn").split(":", 6);
        return arn.length == 6 && !arn[4].isEmpty() ? arn[4] : envelopeAccount;
    }

    private long rank() {
        return switch (Members.find(item, "configurationStateId")) {
            case Json.JsonNumber(String digits) -> digitsOf(digits);
            case Json.JsonText(String digits) -> digitsOf(digits);
            case Json.JsonObject ignored -> 0;
            case Json.JsonArray ignored -> 0;
            case Json.JsonBoolean ignored -> 0;
            case Json.JsonNull ignored -> 0;
        };
    }

    private static long digitsOf(String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
