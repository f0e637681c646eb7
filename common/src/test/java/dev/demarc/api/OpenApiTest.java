package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Landscape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description is what is served, and what is served is in the description. */
class OpenApiTest {
    private static final Json DESCRIPTION = description();

    private final Landscape landscape = new Landscape()
            .bucket("a", Map.of(Landscape.RESTORE, Landscape.FAIL, Landscape.PUBLIC, Landscape.UNKNOWN))
            .uncatalogued();
    private final FindingsApi api =
            new FindingsApi(landscape.store(), landscape.catalogue(), landscape.register(), () -> Landscape.NOW);

    @Test
    void describesEveryPathAndParameterAndNoOther() {
        Map<String, Set<String>> described = new TreeMap<>();
        DESCRIPTION.at("paths").members().forEach((path, item) -> {
            Set<String> parameters = new TreeSet<>();
            item.at("get").at("parameters").elements().forEach(one -> parameters.add(one.textAt("name", "")));
            described.put(path, parameters);
        });

        assertThat(described).isEqualTo(FindingsApi.paths());
    }

    @Test
    void routesEveryDescribedPath() {
        DESCRIPTION.at("paths").members().keySet().forEach(path -> {
            ApiResponse response = get(path.replace("{id}", "aws%7C1%7Cr%7CT%7Cn"));

            // An unknown id is 404 with a detail of its own; an unrouted path names the description instead.
            assertThat(response.body()).as(path).doesNotContain("there is no such path");
        });
    }

    @Test
    void takesEveryDescribedParameter() {
        DESCRIPTION
                .at("paths")
                .members()
                .forEach((path, item) -> item.at("get").at("parameters").elements().stream()
                        .filter(one -> one.textAt("in", "").equals("query"))
                        .map(one -> one.textAt("name", ""))
                        .forEach(name -> assertThat(api.handle(new ApiRequest("GET", path, Map.of(name, List.of("?"))))
                                        .body())
                                .as(path + " " + name)
                                .doesNotContain("unknown parameter")));
    }

    @Test
    void servesItself() {
        ApiResponse response = get("/v1/openapi.yaml");

        assertThat(response.contentType()).isEqualTo("application/yaml");
        assertThat(response.body()).startsWith("openapi: 3.1.0");
    }

    @Test
    void answersInTheDescribedForm() {
        Json page = JsonReader.parse(get("/v1/findings").body());
        Json audit = JsonReader.parse(get("/v1/audit").body());

        assertThat(page.at("findings").elements())
                .extracting(one -> one.textAt("subject", ""))
                .contains("RESOURCE", "SERVICE_TYPE", "SERVICE_TYPE_IN_ACCOUNT");
        page.at("findings")
                .elements()
                .forEach(one ->
                        assertForm(one, Json.object().with("$ref", "x/Finding").build(), "Finding"));
        assertForm(audit, Json.object().with("$ref", "x/Audit").build(), "Audit");
    }

    private static Json description() {
        try {
            return YamlDocument.read(Path.of("src/main/resources/api/findings-api.yaml"))
                    .json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ApiResponse get(String path) {
        return api.handle(new ApiRequest("GET", path, Map.of()));
    }

    /** Every member is described, every required one is there, every enumerated value is one of the described. */
    private static void assertForm(Json value, Json schema, String place) {
        Json form = schema;
        String reference = schema.textAt("$ref", "");
        if (!reference.isEmpty()) {
            form = DESCRIPTION.at("components").at("schemas").at(reference.substring(reference.lastIndexOf('/') + 1));
            assertThat(form.isObject()).as(reference).isTrue();
        }
        List<Json> values = form.at("enum").elements();
        if (!values.isEmpty()) {
            assertThat(values).as(place).contains(value);
        }
        for (Json required : form.at("required").elements()) {
            assertThat(value.members()).as(place).containsKey(required.text().orElse(""));
        }
        Json properties = form.at("properties");
        for (Map.Entry<String, Json> member : value.members().entrySet()) {
            if (properties.isObject()) {
                assertThat(properties.members()).as(place).containsKey(member.getKey());
                assertForm(member.getValue(), properties.at(member.getKey()), place + "." + member.getKey());
            }
        }
        for (Json element : value.elements()) {
            assertForm(element, form.at("items"), place + "[]");
        }
    }
}
