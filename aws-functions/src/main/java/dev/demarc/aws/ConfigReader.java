package dev.demarc.aws;

import dev.demarc.event.AwsEvents;
import dev.demarc.event.ChangeEvent;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.ProviderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.SelectResourceConfigResponse;

/** Reads the account through AWS Config: what the recorder holds of resources and of companions that are resources themselves. */
public final class ConfigReader implements ProviderReader, Inventory {
    private static final String FIELDS = "SELECT accountId, awsRegion, resourceId, resourceName, resourceType, arn, configuration, "
            + "supplementaryConfiguration, tags, configurationItemCaptureTime, configurationItemStatus, configurationStateId ";
    private static final int PAGE = 100;

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

    @Override
    public Page list(String providerType, Optional<String> token) {
        SelectResourceConfigResponse response = config.selectResourceConfig(request -> request
                .expression(FIELDS + "WHERE resourceType = " + quoted(providerType))
                .limit(PAGE)
                .nextToken(token.orElse(null)));
        List<Current> resources = new ArrayList<>();
        int unreadable = 0;
        for (String row : response.results()) {
            Optional<Current> current = current(row);
            current.ifPresent(resources::add);
            unreadable += current.isEmpty() ? 1 : 0;
        }
        return new Page(resources, unreadable, Optional.ofNullable(response.nextToken()).filter(next -> !next.isEmpty()));
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        try {
            List<String> rows = select(resource.type(), List.of(resource.nativeId()));
            if (rows.isEmpty()) {
                return new CurrentRead.Gone();
            }
            return current(rows.getFirst())
                    .<CurrentRead>map(CurrentRead.Exists::new)
                    .orElse(new CurrentRead.Unavailable("the recorder's answer could not be understood"));
        } catch (AwsServiceException e) {
            if (isDenied(e)) {
                return new CurrentRead.Denied("config:SelectResourceConfig");
            }
            throw e;
        }
    }

    @Override
    public Read companion(ResourceId parent, String type, String scope, List<String> ids, String permission) {
        if (!type.startsWith("AWS::")) {
            return new Read.Unavailable("the recorder does not hold " + type);
        }
        if (scope.equals("resource")) {
            return new Read.Unavailable("the recorder does not say which " + type + " belong to the resource");
        }
        try {
            return found(select(type, scope.equals("ids") ? ids : List.of()));
        } catch (AwsServiceException e) {
            if (isDenied(e)) {
                return new Read.Denied("config:SelectResourceConfig");
            }
            throw e;
        }
    }

    private static Read found(List<String> rows) {
        List<Json> documents = new ArrayList<>();
        for (String row : rows) {
            Optional<Current> current = current(row);
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
            String list = String.join(", ", ids.stream().map(ConfigReader::quoted).toList());
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

    private static Optional<Current> current(String row) {
        return AwsEvents.decode(JsonReader.parse(row)).stream()
                .filter(ChangeEvent.Changed.class::isInstance)
                .map(ChangeEvent.Changed.class::cast)
                .map(changed -> new Current(changed.resource(), changed.version(), changed.tags(), changed.body()))
                .findFirst();
    }

    private static boolean isDenied(AwsServiceException e) {
        return e.statusCode() == 403 || e.awsErrorDetails().errorCode().startsWith("AccessDenied");
    }

    /** An id comes from an event: a quote in it must not end the literal. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
