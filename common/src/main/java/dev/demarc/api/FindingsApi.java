package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.query.Audit;
import dev.demarc.query.Category;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.FindingPage;
import dev.demarc.query.FindingTotals;
import dev.demarc.query.Posture;
import dev.demarc.query.Question;
import dev.demarc.record.CentralStore;
import dev.demarc.record.ObservationJson;
import dev.demarc.register.Register;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read API, the same behind Lambda and on one machine. */
public final class FindingsApi {
    private static final Set<String> FINDING_PARAMETERS = Set.of(
            "provider",
            "account",
            "serviceType",
            "class",
            "control",
            "resource",
            "category",
            "question",
            "minPriority",
            "pageSize",
            "pageToken");

    private final CentralStore store;
    private final Catalogue catalogue;
    private final Register register;
    private final InstantSource clock;

    public FindingsApi(CentralStore store, Catalogue catalogue, Register register, InstantSource clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.register = register;
        this.clock = clock;
    }

    /** Answers the request. What the caller did wrong is a problem+json; a failure of the store is thrown. */
    public ApiResponse handle(ApiRequest request) {
        if (!request.method().equals("GET")) {
            return ApiResponse.problem(405, "Method not allowed", "this API is read with GET");
        }
        try {
            return route(request);
        } catch (BadParameter | FindingPage.BadToken e) {
            return ApiResponse.problem(400, "Bad request", String.valueOf(e.getMessage()));
        }
    }

    private ApiResponse route(ApiRequest request) {
        String path = request.path();
        if (path.startsWith("/v1/findings/")) {
            none(request);
            return finding(decoded(path, "/v1/findings/"));
        }
        if (path.startsWith("/v1/resources/")) {
            none(request);
            return resource(decoded(path, "/v1/resources/"));
        }
        return switch (path) {
            case "/v1/findings" -> findings(new Parameters(request.query(), FINDING_PARAMETERS));
            case "/v1/audit" ->
                audit(new Parameters(request.query(), Set.of("provider", "serviceType", "class", "control")));
            case "/v1/service-types" -> serviceTypes(request);
            case "/v1/health" -> health(request);
            case "/v1/openapi.yaml" -> openApi(request);
            default ->
                ApiResponse.problem(404, "Not found", "there is no such path; /v1/openapi.yaml lists what there is");
        };
    }

    private static void none(ApiRequest request) {
        new Parameters(request.query(), Set.of());
    }

    private Posture posture() {
        return new Posture(store, catalogue, register, clock.instant());
    }

    private ApiResponse findings(Parameters parameters) {
        FindingFilter filter = new FindingFilter(
                provider(parameters),
                parameters.text("account"),
                parameters.text("serviceType"),
                parameters.text("class"),
                parameters.text("control"),
                parameters.text("resource"),
                parameters.choice("category", Category.class),
                parameters.choice("question", Question.class),
                parameters.number("minPriority", 0, 0, 100));
        int size = parameters.number("pageSize", 100, 1, 1000);
        FindingPage page = FindingPage.of(posture().findings(), filter, size, parameters.text("pageToken"));
        return ApiResponse.json(Json.object()
                .with("total", page.total())
                .with(
                        "findings",
                        Json.array(page.findings().stream().map(Finding::json).toList()))
                .with("nextPageToken", page.nextPageToken())
                .build());
    }

    private ApiResponse finding(String id) {
        return posture().findings().stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .map(finding -> ApiResponse.json(finding.json()))
                .orElse(ApiResponse.problem(
                        404,
                        "Not found",
                        "there is no open finding with this id; ids come from /v1/findings, URL-encoded"));
    }

    private ApiResponse audit(Parameters parameters) {
        FindingFilter filter = new FindingFilter(
                provider(parameters),
                Optional.empty(),
                parameters.text("serviceType"),
                parameters.text("class"),
                parameters.text("control"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
        Posture posture = posture();
        Audit audit = posture.audit();
        List<Audit.Row> rows = audit.rows().stream().filter(filter::wants).toList();
        List<Finding> findings =
                posture.findings().stream().filter(filter::wants).toList();
        return ApiResponse.json(new Audit(audit.at(), rows).json(FindingTotals.of(findings)));
    }

    private ApiResponse resource(String key) {
        ResourceId id;
        try {
            id = ResourceId.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw new BadParameter("'resource' ids have the form provider|account|region|type|id, URL-encoded");
        }
        Optional<Observation> observation = store.observation(id);
        if (observation.isEmpty()) {
            return ApiResponse.problem(404, "Not found", "no observation of this resource is stored");
        }
        List<Json> findings = posture().findings().stream()
                .filter(finding -> finding.resource().filter(key::equals).isPresent())
                .map(Finding::json)
                .toList();
        return ApiResponse.json(Json.object()
                .with("observation", ObservationJson.write(observation.get()))
                .with("findings", Json.array(findings))
                .build());
    }

    private ApiResponse serviceTypes(ApiRequest request) {
        none(request);
        Posture posture = posture();
        List<Json> types = new ArrayList<>();
        posture.serviceTypesInUse().forEach((serviceType, provider) -> {
            Optional<CatalogueEntry> entry = catalogue.entry(serviceType);
            var documented = posture.documented(serviceType);
            types.add(Json.object()
                    .with("serviceType", serviceType.name())
                    .with("provider", provider.word())
                    .with("class", entry.map(CatalogueEntry::serviceClass))
                    .with("tier", entry.map(one -> one.tier().name()))
                    .with("name", entry.map(CatalogueEntry::name))
                    .with("catalogued", entry.isPresent())
                    .with("catalogueRevision", entry.map(CatalogueEntry::revision))
                    .with("documented", documented.isYes())
                    .with("reason", Optional.of(documented.reason()).filter(text -> !text.isEmpty()))
                    .build());
        });
        return ApiResponse.json(
                Json.object().with("serviceTypes", Json.array(types)).build());
    }

    private ApiResponse health(ApiRequest request) {
        none(request);
        // A store that cannot be read throws, which the caller sees as an error and not as health.
        long counters = store.rollups().size();
        return ApiResponse.json(Json.object()
                .with("status", "ok")
                .with("serviceTypesInCatalogue", catalogue.serviceTypes().size())
                .with("counters", counters)
                .build());
    }

    private ApiResponse openApi(ApiRequest request) {
        none(request);
        try (InputStream stream = FindingsApi.class.getResourceAsStream("/api/findings-api.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("findings-api.yaml is not in the package");
            }
            return new ApiResponse(200, "application/yaml", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Provider> provider(Parameters parameters) {
        return parameters.choice("provider", Provider.class);
    }

    private static String decoded(String path, String prefix) {
        try {
            return URLDecoder.decode(path.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadParameter("the id in the path is not URL-encoded text");
        }
    }

    /** The parameters of each path, for the test that compares them with the OpenAPI document. */
    static Map<String, Set<String>> paths() {
        return Map.of(
                "/v1/findings", FINDING_PARAMETERS,
                "/v1/findings/{id}", Set.of("id"),
                "/v1/audit", Set.of("provider", "serviceType", "class", "control"),
                "/v1/service-types", Set.of(),
                "/v1/resources/{id}", Set.of("id"),
                "/v1/health", Set.of(),
                "/v1/openapi.yaml", Set.of());
    }
}
