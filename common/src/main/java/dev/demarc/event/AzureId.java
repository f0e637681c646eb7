package dev.demarc.event;

import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An ARM id in lower case, by its levels: subscription, resource group, resource, children and extensions. A child or an extension
 * that is judged with its parent has that parent as its owner; every other resource owns itself.
 */
record AzureId(String subscription, List<Level> levels) {
    private static final String GROUP = "microsoft.resources/resourcegroups";
    private static final String SUBSCRIPTION = "microsoft.resources/subscriptions";

    /** Children with controls of their own. */
    private static final Set<String> STANDING_ALONE = Set.of(
            "microsoft.sql/servers/databases",
            "microsoft.sql/servers/elasticpools",
            "microsoft.sql/managedinstances/databases",
            "microsoft.synapse/workspaces/sqlpools",
            "microsoft.web/sites/slots",
            "microsoft.network/virtualnetworks/subnets",
            "microsoft.keyvault/vaults/keys",
            "microsoft.keyvault/vaults/secrets",
            "microsoft.appplatform/spring/apps",
            "microsoft.machinelearningservices/workspaces/computes",
            "microsoft.machinelearningservices/workspaces/onlineendpoints",
            "microsoft.cognitiveservices/accounts/projects");

    /** Extensions that may stand directly on a subscription or a resource group. */
    private static final Set<String> EXTENSIONS = Set.of(
            "microsoft.authorization/locks",
            "microsoft.authorization/roleassignments",
            "microsoft.authorization/policyassignments",
            "microsoft.authorization/policyexemptions",
            "microsoft.insights/diagnosticsettings",
            "microsoft.resources/tags");

    /** {@code dependent} when it is judged with the level before it. */
    record Level(String type, String id, boolean dependent) {}

    static Optional<AzureId> parse(String text) {
        String id = text.strip().toLowerCase(Locale.ROOT);
        String[] segments = (id.endsWith("/") ? id.substring(0, id.length() - 1) : id).split("/", -1);
        if (segments.length < 3 || segments.length % 2 == 0 || !segments[0].isEmpty() || id.indexOf('|') >= 0) {
            return Optional.empty();
        }
        for (int i = 1; i < segments.length; i++) {
            if (segments[i].isBlank()) {
                return Optional.empty();
            }
        }
        return segments[1].equals("subscriptions") ? levels(segments) : Optional.empty();
    }

    private static Optional<AzureId> levels(String[] segments) {
        List<Level> levels = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        String type = "";
        boolean starts = false;
        boolean inResource = false;
        for (int i = 1; i < segments.length; i += 2) {
            String key = segments[i];
            String name = segments[i + 1];
            path.append('/').append(key).append('/').append(name);
            if (key.equals("providers")) {
                inResource = !type.isEmpty() && !starts;
                type = name;
                starts = true;
            } else if (type.isEmpty()) {
                boolean known = i == 1 || (i == 3 && key.equals("resourcegroups"));
                if (!known) {
                    return Optional.empty();
                }
                levels.add(new Level(i == 1 ? SUBSCRIPTION : GROUP, path.toString(), false));
            } else {
                boolean child = !starts && !type.endsWith("/locations");
                type = type + "/" + key;
                boolean dependent =
                        starts ? inResource || EXTENSIONS.contains(type) : child && !STANDING_ALONE.contains(type);
                levels.add(new Level(type, path.toString(), dependent));
                starts = false;
            }
        }
        return starts ? Optional.empty() : Optional.of(new AzureId(segments[2], List.copyOf(levels)));
    }

    Level self() {
        return levels.getLast();
    }

    boolean isDependent() {
        return self().dependent();
    }

    /** The resource that is judged when this one changes: itself, or the nearest parent that stands alone. */
    ResourceId owner() {
        int at = levels.size() - 1;
        while (at > 0 && levels.get(at).dependent()) {
            at--;
        }
        Level level = levels.get(at);
        return new ResourceId(Provider.AZURE, subscription, "-", level.type(), level.id());
    }

    /** The type of a dependent resource; the kind of a site's configuration is in its name, so the name belongs to the type. */
    String companionType() {
        Level self = self();
        return self.type().endsWith("/config")
                ? self.type() + self.id().substring(self.id().lastIndexOf('/'))
                : self.type();
    }

    /** Entries that are no resource's settings: deployment history, metrics, operation results. */
    boolean isRecordOfActivity() {
        String type = self().type();
        return type.startsWith("microsoft.resources/deployments")
                || type.equals("microsoft.insights/metrics")
                || type.contains("/locations/operation");
    }
}
