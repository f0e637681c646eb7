package dev.demarc.pipeline;

import dev.demarc.api.ApiParts;
import dev.demarc.api.ApiRequest;
import dev.demarc.api.ApiResponse;
import dev.demarc.api.FindingsApi;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.export.ExportFormat;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.model.Observation;
import dev.demarc.project.Rebuild;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API answers over a store to one who may see everything, each answer with its headers, and every export. */
final class Served {
    private static final Catalogue CATALOGUE = Catalogue.bundled();
    private static final int MANY = 100;
    private static final List<String> LISTS = List.of(
            "/v1/findings",
            "/v1/counts",
            "/v1/facets",
            "/v1/audit",
            "/v1/accounts",
            "/v1/service-types",
            "/v1/notices",
            "/v1/quarantine");
    /** The hub is what ASFF is addressed to; without findings of AWS its file is empty. */
    private static final Map<String, List<String>> HUB =
            Map.of("hubAccount", List.of("111122223333"), "hubRegion", List.of("eu-west-1"));

    private final InMemoryStore store;
    private final FindingsApi api;

    Served(InMemoryStore store, Instant now) {
        this.store = store;
        this.api = new FindingsApi(
                ApiParts.of(store, CATALOGUE, scope -> Rebuild.within(store, scope), () -> now), () -> now);
    }

    /** Fails when one of the answers is none, so that nothing passes because it was not served. */
    List<String> all() {
        List<String> answers = new ArrayList<>();
        LISTS.forEach(path ->
                answers.add(answer(path, path.equals("/v1/counts") ? Map.of("by", List.of("account")) : Map.of())));
        JsonReader.parse(response("/v1/findings", Map.of()).body())
                .at("findings")
                .elements()
                .forEach(finding -> answers.add(answer("/v1/findings/" + encoded(finding.textAt("id", "")), Map.of())));
        for (AccountId account : store.accounts()) {
            for (Observation one : store.observations(account, "", MANY)) {
                String path = "/v1/resources/" + encoded(one.resource().key());
                answers.add(answer(path, Map.of()));
                answers.add(answer(path + "/history", Map.of()));
            }
        }
        for (ExportFormat format : ExportFormat.values()) {
            answers.add(answer("/v1/exports/" + format.word(), format == ExportFormat.ASFF ? HUB : Map.of()));
        }
        return answers;
    }

    private String answer(String path, Map<String, List<String>> query) {
        ApiResponse response = response(path, query);
        return response.headers() + response.body();
    }

    private ApiResponse response(String path, Map<String, List<String>> query) {
        ApiResponse response =
                api.handle(new ApiRequest("GET", path, query, Map.of(), "", Optional.of(Scope.operator(Scope.MAIN))));
        if (response.status() != 200) {
            throw new AssertionError(path + " answers " + response.status() + " " + response.body());
        }
        return response;
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
