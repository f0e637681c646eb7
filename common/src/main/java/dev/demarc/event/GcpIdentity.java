package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import java.util.List;
import java.util.Optional;

/** Which resource an asset stands for. The project comes from the ancestors, because every feed message has them. */
final class GcpIdentity {
    private static final List<String> CONTAINERS = List.of("projects", "folders", "organizations");

    private GcpIdentity() {}

    /** The resource of an asset; empty when it has no full name or no type. */
    static Optional<ResourceId> of(Json asset, String feed) {
        String name = Members.textOf(asset, "name");
        String type = Members.textOf(asset, "assetType", "asset_type");
        if (!name.startsWith("//") || type.isEmpty() || type.indexOf('|') >= 0) {
            return Optional.empty();
        }
        String account = account(asset, name, feed).replace('|', '-');
        return Optional.of(new ResourceId(Provider.GCP, account.isEmpty() ? "-" : account, "-", type, name));
    }

    private static String account(Json asset, String name, String feed) {
        Json document = Members.find(asset, "resource");
        Json data = Members.find(document, "data");
        List<String> inOrder = List.of(
                firstAncestor(asset, "projects"),
                after("project", Members.textOf(asset, "ancestryPath", "ancestry_path")),
                after("projects", Members.textOf(document, "parent")),
                digits(Members.find(data, "projectNumber")),
                after("projects", name),
                Members.textOf(data, "project", "projectId"),
                container(asset, name),
                after("projects", feed));
        return inOrder.stream().filter(text -> !text.isBlank()).findFirst().orElse("");
    }

    private static String digits(Json value) {
        return value instanceof Json.JsonNumber(String digits)
                ? digits
                : value.text().orElse("");
    }

    private static String firstAncestor(Json asset, String kind) {
        for (Json ancestor : Members.find(asset, "ancestors").elements()) {
            String found = after(kind, ancestor.text().orElse(""));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    /** The folder or organization of an asset above every project, such as {@code folders/123}. */
    private static String container(Json asset, String name) {
        for (String kind : CONTAINERS) {
            String found = after(kind, name);
            found = found.isEmpty() ? firstAncestor(asset, kind) : found;
            if (!found.isEmpty()) {
                return kind + "/" + found;
            }
        }
        return "";
    }

    /** The path segment after the first segment of this name. */
    private static String after(String segment, String path) {
        int at = path.startsWith(segment + "/") ? 0 : path.indexOf("/" + segment + "/") + 1;
        if (at == 0 && !path.startsWith(segment + "/")) {
            return "";
        }
        int start = at + segment.length() + 1;
        int end = path.indexOf('/', start);
        return end < 0 ? path.substring(start) : path.substring(start, end);
    }
}
