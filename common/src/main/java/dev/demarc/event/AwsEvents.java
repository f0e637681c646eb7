package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import java.util.ArrayList;
import java.util.List;

/** Decodes what AWS sends about resources: recorder messages in every envelope, and bare configuration items. Never throws. */
public final class AwsEvents {
    private static final String EXPECTED = "; expected a configuration item, or a message of AWS Config that holds one";
    private static final List<String> LISTS =
            List.of("configurationItems", "baseConfigurationItems", "configurationItemList", "Results");

    private final List<ChangeEvent> events = new ArrayList<>();
    // A topic or queue may carry messages of other senders: inside an envelope another shape is foreign, not broken.
    private boolean enveloped;

    private AwsEvents() {}

    public static List<ChangeEvent> decode(Json input) {
        AwsEvents decoding = new AwsEvents();
        decoding.read(input, "");
        return List.copyOf(decoding.events);
    }

    static boolean understands(Json input) {
        return AwsItem.isOne(input)
                || Members.has(input, "detail-type", "invokingEvent", "messageType", "configurationItem", "Records")
                || Members.has(input, "configurationItemSummary")
                || isNotification(input)
                || !list(input).isNull();
    }

    private void read(Json input, String account) {
        switch (input) {
            case Json.JsonObject object -> readObject(object, account);
            case Json.JsonArray(List<Json> elements) -> readAll(elements, account);
            case Json.JsonText(String text) -> readText(text, account);
            case Json.JsonNumber ignored -> reject("a number");
            case Json.JsonBoolean ignored -> reject("a boolean");
            case Json.JsonNull ignored -> reject("a null");
        }
    }

    private void readObject(Json object, String account) {
        if (AwsItem.isOne(object)) {
            events.add(new AwsItem(object, account).event());
        } else if (Members.has(object, "detail-type")) {
            readEventBridge(object);
        } else if (Members.has(object, "Records")) {
            Members.find(object, "Records").elements().forEach(this::readRecord);
            ignoreWhenEmpty(Members.find(object, "Records"));
        } else if (isNotification(object)) {
            readNotification(object);
        } else if (Members.has(object, "invokingEvent")) {
            read(Members.find(object, "invokingEvent"), Members.textOf(object, "accountId"));
        } else if (Members.has(object, "configurationItemSummary")) {
            events.add(new AwsItem(Members.find(object, "configurationItemSummary"), account).summary());
        } else if (Members.has(object, "configurationItem")) {
            events.add(new AwsItem(Members.entered(Members.find(object, "configurationItem")), account).event());
        } else if (!list(object).isNull()) {
            readAll(list(object).elements(), account);
        } else if (Members.has(object, "messageType")) {
            ignore("an AWS Config message about no single resource");
        } else if (Members.has(object, "resourceType")) {
            reject("a configuration item without a resourceId");
        } else if (enveloped) {
            ignore("a message that is not about a resource's configuration");
        } else {
            reject("an object of no known AWS shape");
        }
    }

    private void readEventBridge(Json event) {
        switch (Members.textOf(event, "detail-type")) {
            case "Config Configuration Item Change" ->
                read(Members.find(event, "detail"), Members.textOf(event, "account"));
            case "AWS API Call via CloudTrail" -> ignore("an API call: it does not carry the configuration");
            default -> ignore("an EventBridge event of another kind");
        }
    }

    private void readRecord(Json record) {
        enveloped = true;
        if (Members.has(record, "Sns")) {
            readNotification(Members.find(record, "Sns"));
        } else if (Members.has(record, "body")) {
            read(Members.find(record, "body"), "");
        } else if (Members.has(record, "eventSource")) {
            ignore("a record of another event source");
        } else {
            reject("a record without body or Sns");
        }
    }

    private void readNotification(Json notification) {
        enveloped = true;
        switch (Members.textOf(notification, "Type")) {
            case "SubscriptionConfirmation", "UnsubscribeConfirmation" -> ignore("an SNS subscription message");
            default -> read(Members.find(notification, "Message"), "");
        }
    }

    private void readText(String text, String account) {
        try {
            Json inside = JsonReader.parse(text);
            if (inside instanceof Json.JsonText) {
                reject("a text inside a text");
            } else {
                read(inside, account);
            }
        } catch (MalformedJson malformed) {
            reject("a message text that is not JSON (" + malformed.getMessage() + ")");
        }
    }

    private void readAll(List<Json> elements, String account) {
        elements.forEach(element -> read(element, account));
        ignoreWhenEmpty(Json.array(elements));
    }

    private void ignoreWhenEmpty(Json list) {
        if (list.elements().isEmpty()) {
            ignore("an empty list");
        }
    }

    private static boolean isNotification(Json object) {
        return Members.has(object, "Message") && Members.has(object, "Type", "TopicArn");
    }

    private static Json list(Json object) {
        for (String name : LISTS) {
            if (Members.find(object, name) instanceof Json.JsonArray array) {
                return array;
            }
        }
        return Json.JsonNull.NULL;
    }

    private void ignore(String because) {
        events.add(new ChangeEvent.Ignored(because));
    }

    private void reject(String what) {
        events.add(new ChangeEvent.Rejected(what + EXPECTED));
    }
}
