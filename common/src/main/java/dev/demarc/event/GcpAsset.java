package dev.demarc.event;

import dev.demarc.event.ChangeEvent.Changed;
import dev.demarc.event.ChangeEvent.CompanionChanged;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The content of one asset, whose identity is known: its resource, its IAM policy, its organization policies. */
final class GcpAsset {
    private GcpAsset() {}

    static List<ChangeEvent> content(Json asset, ResourceId resource, Version version) {
        List<ChangeEvent> events = new ArrayList<>();
        Json document = Members.find(asset, "resource");
        if (!Members.find(document, "data").members().isEmpty()) {
            Json body = camelCase(asset, document);
            events.add(new Changed(resource, version, tags(document.at("data")), body, true));
        }
        Json iam = Members.find(asset, "iamPolicy", "iam_policy");
        if (iam.isObject()) {
            events.add(new CompanionChanged(resource, "iam-policy", version, deepCamelCase(iam)));
        }
        Json organization = Members.find(asset, "orgPolicy", "org_policy");
        if (!organization.isNull()) {
            Json body =
                    Json.object().with("orgPolicy", deepCamelCase(organization)).build();
            events.add(new CompanionChanged(resource, "org-policy", version, body));
        }
        if (events.isEmpty()) {
            events.add(
                    hasOtherContent(asset)
                            ? new Ignored("an asset whose content is neither resource nor policy")
                            : new Touched(resource, version, "the asset carries no content"));
        }
        return events;
    }

    private static boolean hasOtherContent(Json asset) {
        return Members.has(asset, "accessPolicy", "access_policy", "accessLevel", "access_level")
                || Members.has(asset, "servicePerimeter", "service_perimeter", "osInventory", "os_inventory")
                || Members.has(asset, "relatedAssets", "related_assets", "relatedAsset", "related_asset");
    }

    private static Map<String, String> tags(Json data) {
        Map<String, String> labels = Tags.of(Members.find(data, "labels"));
        if (labels.isEmpty()) {
            labels = Tags.of(Members.find(data, "userLabels", "resourceLabels"));
        }
        return labels.isEmpty() ? Tags.of(Members.find(Members.find(data, "settings"), "userLabels")) : labels;
    }

    /** The asset with the names of its own members, and of its resource's members, in camel case; the data stays as it is. */
    private static Json camelCase(Json asset, Json document) {
        Map<String, Json> body = new LinkedHashMap<>();
        asset.members().forEach((name, value) -> {
            String camel = camelCase(name);
            if (!camel.equals("iamPolicy") && !camel.equals("orgPolicy")) {
                body.put(camel, value);
            }
        });
        Map<String, Json> resource = new LinkedHashMap<>();
        document.members().forEach((name, value) -> resource.put(camelCase(name), value));
        body.put("resource", new Json.JsonObject(resource));
        return new Json.JsonObject(body);
    }

    private static Json deepCamelCase(Json value) {
        return switch (value) {
            case Json.JsonObject(Map<String, Json> members) -> {
                Map<String, Json> renamed = new LinkedHashMap<>();
                members.forEach((name, inside) -> renamed.put(camelCase(name), deepCamelCase(inside)));
                yield new Json.JsonObject(renamed);
            }
            case Json.JsonArray(List<Json> elements) ->
                Json.array(elements.stream().map(GcpAsset::deepCamelCase).toList());
            case Json.JsonText text -> text;
            case Json.JsonNumber number -> number;
            case Json.JsonBoolean flag -> flag;
            case Json.JsonNull none -> none;
        };
    }

    private static String camelCase(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean raise = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                raise = !camel.isEmpty();
            } else {
                camel.append(raise ? Character.toUpperCase(c) : c);
                raise = false;
            }
        }
        return camel.toString();
    }
}
