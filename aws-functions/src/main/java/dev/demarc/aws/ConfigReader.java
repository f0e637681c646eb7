package dev.demarc.aws;

import dev.demarc.event.AwsEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.InventoryFailure;
import dev.demarc.pipeline.ProviderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ChronologicalOrder;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.ResourceNotDiscoveredException;
import software.amazon.awssdk.services.config.model.SelectResourceConfigResponse;
import software.amazon.awssdk.services.config.model.ValidationException;

/** Reads the account through AWS Config: what the recorder holds of resources and of companions that are resources themselves. */
public final class ConfigReader implements ProviderReader, Inventory {
    private static final String FIELDS =
            "SELECT accountId, awsRegion, resourceId, resourceName, resourceType, arn, configuration, "
                    + "supplementaryConfiguration, tags, configurationItemCaptureTime, configurationItemStatus, configurationStateId ";
    private static final int PAGE = 100;
    private static final String NO_ITEM = "AWS Config holds no current item of it";

    private final ConfigClient config;
    private final String account;

    public ConfigReader(ConfigClient config, String account) {
        this.config = config;
        this.account = account;
    }

    @Override
    public Provider provider() {
        return Provider.AWS;
    }

    @Override
    public String account() {
        return account;
    }

    /** A type that the recorder does not record has no rows, and that must not look like an account without such resources. */
    @Override
    public Coverage coverage() {
        return RecorderCoverage.read(config);
    }

    @Override
    public Page list(String providerType, Optional<String> token) {
        SelectResourceConfigResponse response;
        try {
            response = config.selectResourceConfig(
                    request -> request.expression(FIELDS + "WHERE resourceType = " + quoted(providerType))
                            .limit(PAGE)
                            .nextToken(token.orElse(null)));
        } catch (SdkException e) {
            if (isDenied(e)) {
                throw new InventoryFailure(
                        "permission config:SelectResourceConfig is denied; grant it to the function");
            }
            throw Failures.of(e, "SelectResourceConfig");
        }
        List<Current> resources = new ArrayList<>();
        int unreadable = 0;
        for (String row : response.results()) {
            Optional<Current> current = decoded(row);
            current.ifPresent(resources::add);
            unreadable += current.isEmpty() ? 1 : 0;
        }
        return new Page(
                resources, unreadable, Optional.ofNullable(response.nextToken()).filter(next -> !next.isEmpty()));
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        try {
            List<String> rows = select(resource.type(), List.of(resource.nativeId()));
            if (rows.isEmpty()) {
                return withoutCurrentItem(resource);
            }
            return decoded(rows.getFirst())
                    .<CurrentRead>map(CurrentRead.Exists::new)
                    .orElse(new CurrentRead.Unavailable("the recorder's answer could not be understood"));
        } catch (SdkException e) {
            if (isDenied(e)) {
                return new CurrentRead.Denied("config:SelectResourceConfig");
            }
            throw Failures.of(e, "SelectResourceConfig");
        }
    }

    /** No item is held of a deleted resource, and none of a type that is not recorded: only the history tells the two apart. */
    private CurrentRead withoutCurrentItem(ResourceId resource) {
        try {
            return config
                            .getResourceConfigHistory(request -> request.resourceType(resource.type())
                                    .resourceId(resource.nativeId())
                                    .chronologicalOrder(ChronologicalOrder.REVERSE)
                                    .limit(1))
                            .configurationItems()
                            .stream()
                            .findFirst()
                            .map(ConfigurationItem::configurationItemStatusAsString)
                            .filter(status -> status.startsWith("ResourceDeleted"))
                            .isPresent()
                    ? new CurrentRead.Gone()
                    : new CurrentRead.Unavailable(NO_ITEM);
        } catch (ResourceNotDiscoveredException | ValidationException e) {
            return new CurrentRead.Unavailable(NO_ITEM);
        } catch (SdkException e) {
            if (isDenied(e)) {
                return new CurrentRead.Denied("config:GetResourceConfigHistory");
            }
            throw Failures.of(e, "GetResourceConfigHistory");
        }
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        String type = wanted.type();
        String scope = wanted.scope();
        if (!type.startsWith("AWS::")) {
            return new Read.Unavailable("the recorder does not hold " + type);
        }
        if (scope.equals("resource")) {
            return new Read.Unavailable("the recorder does not say which " + type + " belong to the resource");
        }
        try {
            List<String> rows = select(type, scope.equals("ids") ? wanted.ids() : List.of());
            if (rows.isEmpty() && scope.equals("account")) {
                return new Read.Unavailable(
                        "the recorder holds no " + type + ": there is none, or the type is not recorded");
            }
            // A companion that was asked for by its id and is not here leaves the list short; the normaliser notices.
            return found(rows);
        } catch (SdkException e) {
            if (isDenied(e)) {
                return new Read.Denied("config:SelectResourceConfig");
            }
            throw Failures.of(e, "SelectResourceConfig");
        }
    }

    private static Read found(List<String> rows) {
        List<Json> documents = new ArrayList<>();
        for (String row : rows) {
            Optional<Current> current = decoded(row);
            if (current.isEmpty()) {
                return new Read.Unavailable("the recorder's answer could not be understood");
            }
            documents.add(current.get().body());
        }
        return new Read.Found(documents);
    }

    private List<String> select(String type, List<String> ids) {
        String where = "WHERE resourceType = " + quoted(type);
        if (!ids.isEmpty()) {
            String list =
                    String.join(", ", ids.stream().map(ConfigReader::quoted).toList());
            where += " AND (resourceId IN (" + list + ") OR arn IN (" + list + "))";
        }
        List<String> rows = new ArrayList<>();
        String expression = FIELDS + where;
        String token = null;
        do {
            String next = token;
            SelectResourceConfigResponse response = config.selectResourceConfig(
                    request -> request.expression(expression).limit(PAGE).nextToken(next));
            rows.addAll(response.results());
            token = response.nextToken();
        } while (token != null && !token.isEmpty());
        return rows;
    }

    private static Optional<Current> decoded(String row) {
        Json item;
        try {
            item = JsonReader.parse(row);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
        return AwsEvents.decode(item).stream()
                .filter(ChangeEvent.Changed.class::isInstance)
                .map(ChangeEvent.Changed.class::cast)
                .map(changed -> new Current(
                        changed.resource(), changed.version(), Clock.OF_EVENTS, changed.tags(), changed.body()))
                .findFirst();
    }

    private static boolean isDenied(SdkException e) {
        return e instanceof AwsServiceException answer && Failures.isDenied(answer);
    }

    /** An id comes from an event: a quote in it must not end the literal. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
