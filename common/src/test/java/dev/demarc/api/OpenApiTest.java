package dev.demarc.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description is what is served, and what is served is in the description. */
class OpenApiTest {
    private static final Path YAML = Path.of("src/main/resources/api/findings-api.yaml");
    private static final Path JSON = Path.of("src/main/resources/api/findings-api.json");
    private static final Json DESCRIPTION = description();
    private static final Scope READER = Estates.scope("alphaorg", Role.READER);

    private final Estates estates = new Estates();
    private final FindingsApi api = new FindingsApi(estates.parts(), () -> Estates.NOW);

    private record Described(String roles, Set<String> parameters, boolean isPublic) {}

    @Test
    void describesEveryOperationWithItsRolesAndParametersAndNoOther() {
        Map<String, Described> served = new TreeMap<>();
        api.operations()
                .forEach(one -> served.put(
                        one.method() + " " + PathTemplate.described(one.template()) + " " + one.id(),
                        new Described(
                                one.access() == Operation.Access.PUBLIC
                                        ? ""
                                        : one.roles().stream()
                                                .map(Role::word)
                                                .sorted()
                                                .collect(Collectors.joining(" ")),
                                one.parameters().stream()
                                        .map(Parameter::name)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                one.access() == Operation.Access.PUBLIC)));

        assertThat(described()).isEqualTo(served);
    }

    private static Map<String, Described> described() {
        Map<String, Described> described = new TreeMap<>();
        DESCRIPTION
                .at("paths")
                .members()
                .forEach((path, item) -> item.members().forEach((method, operation) -> {
                    Set<String> query = new TreeSet<>();
                    operation.at("parameters").elements().stream()
                            .map(OpenApiTest::resolved)
                            .filter(one -> one.textAt("in", "").equals("query"))
                            .forEach(one -> query.add(one.textAt("name", "")));
                    String roles = operation.at("x-demarc-roles").elements().stream()
                            .map(role -> role.text().orElse(""))
                            .sorted()
                            .collect(Collectors.joining(" "));
                    described.put(
                            method.toUpperCase(java.util.Locale.ROOT) + " " + path + " "
                                    + operation.textAt("operationId", ""),
                            new Described(roles, query, operation.members().containsKey("security")));
                }));
        return described;
    }

    @Test
    void describesTheFormOfEachParameterAsItIsRead() {
        api.operations()
                .forEach(operation -> operation.parameters().forEach(parameter -> {
                    Json schema = schemaOf(operation, parameter.name());
                    boolean repeats = schema.textAt("type", "").equals("array");
                    assertThat(repeats)
                            .as(operation.id() + " " + parameter.name())
                            .isEqualTo(parameter.repeats());
                    Json value = repeats ? followed(schema.at("items")) : schema;
                    switch (parameter.form()) {
                        case Parameter.Form.Words(List<String> words) -> {
                            if (!value.textAt("type", "").equals("boolean")) {
                                assertThat(value.at("enum").elements())
                                        .as(parameter.name())
                                        .containsExactlyInAnyOrderElementsOf(
                                                words.stream().map(Json::of).toList());
                            }
                        }
                        case Parameter.Form.Whole(int least, int most) -> {
                            assertThat(value.longAt("minimum", -1)).isEqualTo(least);
                            assertThat(value.longAt("maximum", -1)).isEqualTo(most);
                        }
                        case Parameter.Form.Text ignored ->
                            assertThat(value.textAt("type", "")).isEqualTo("string");
                        case Parameter.Form.Time ignored ->
                            assertThat(value.textAt("format", "")).isEqualTo("date-time");
                        case Parameter.Form.Day ignored ->
                            assertThat(value.textAt("format", "")).isEqualTo("date");
                    }
                }));
    }

    private static Json schemaOf(Operation operation, String name) {
        return DESCRIPTION
                .at("paths")
                .at(PathTemplate.described(operation.template()))
                .at(operation.method().toLowerCase(java.util.Locale.ROOT))
                .at("parameters")
                .elements()
                .stream()
                .map(OpenApiTest::resolved)
                .filter(one -> one.textAt("in", "").equals("query")
                        && one.textAt("name", "").equals(name))
                .map(one -> followed(one.at("schema")))
                .findFirst()
                .orElseThrow();
    }

    private static Json followed(Json schema) {
        return schema.at("$ref").text().isPresent() ? resolved(schema) : schema;
    }

    private static Json resolved(Json reference) {
        Json found = DESCRIPTION;
        for (String part : reference.textAt("$ref", "#").substring(1).split("/")) {
            found = part.isEmpty() ? found : found.at(part);
        }
        assertThat(found.isObject()).as(reference.write()).isTrue();
        return reference.at("$ref").text().isPresent() ? found : reference;
    }

    @Test
    void hasTheSameDescriptionAsJson() throws IOException {
        String wanted = DESCRIPTION.write() + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(JSON, wanted);
        }

        // A difference: run the test with -Dgolden.update=true.
        assertThat(Files.readString(JSON)).isEqualTo(wanted);
    }

    @Test
    void servesItselfToEverybody() {
        ApiResponse yaml = api.handle(Asked.request(Optional.empty(), "GET /v1/openapi.yaml", ""));
        ApiResponse json = api.handle(Asked.request(Optional.empty(), "GET /v1/openapi.json", ""));

        assertThat(yaml.headers()).containsEntry("content-type", "application/yaml");
        assertThat(yaml.body()).startsWith("openapi: 3.1.0");
        assertThat(JsonReader.parse(json.body())).isEqualTo(DESCRIPTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listFindings /v1/findings",
                "listFindings /v1/findings?pageSize=2",
                "countFindings /v1/counts?by=control&by=priority",
                "readFacets /v1/facets",
                "readAudit /v1/audit",
                "listServiceTypes /v1/service-types",
                "listAccounts /v1/accounts",
                "readTrend /v1/trend",
                "readResource /v1/resources/{bucket}",
                "readResourceHistory /v1/resources/{bucket}/history",
                "listWaivers /v1/waivers",
                "readWaiver /v1/waivers/{waiver}",
                "readWaiverHistory /v1/waivers/{waiver}/history",
                "listAttestations /v1/attestations",
                "readAttestation /v1/attestations/{attestation}",
                "readAttestationHistory /v1/attestations/{attestation}/history",
                "readRegister /v1/register",
                "listRegisterVersions /v1/register/versions",
                "readRegisterVersion /v1/register/versions/1",
                "compareRegisterVersions /v1/register/versions/1/differences/1",
                "listNotices /v1/notices",
                "listQuarantine /v1/quarantine",
                "readHealth /v1/health"
            })
    void answersInTheDescribedForm(String asked) {
        String[] parts = asked.split(" ");
        var account = Estates.accounts("alphaorg").getFirst();
        String path = parts[1].replace(
                        "{bucket}", Asked.encoded(Estates.bucket(account, 0).key()))
                .replace("{waiver}", Estates.waiver(account))
                .replace("{attestation}", Estates.attestation(account));

        ApiResponse response = api.handle(Asked.request(Optional.of(READER), "GET " + path, ""));

        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(errors(response, parts[0], "200")).isEmpty();
        assertThat(described().keySet()).anyMatch(one -> one.endsWith(" " + parts[0]));
    }

    @Test
    void findsAnAnswerOfAnotherForm() {
        ApiResponse broken = ApiResponse.json(Json.object()
                .with("total", 5)
                .with("findings", Json.array(List.of()))
                .build());

        assertThat(errors(broken, "listFindings", "200")).isNotEmpty();
    }

    @Test
    void answersProblemsInTheDescribedForm() {
        for (String line :
                List.of("GET /v1/findings?nope=1", "GET /v1/nothing", "POST /v1/findings", "GET /v1/waivers/none")) {
            ApiResponse response = api.handle(Asked.request(Optional.of(READER), line, ""));

            assertThat(validated(
                            response,
                            Json.object()
                                    .with("$ref", "#/components/schemas/Problem")
                                    .build()))
                    .as(response.body())
                    .isEmpty();
        }
    }

    private static List<Error> errors(ApiResponse response, String operationId, String status) {
        Json operation = DESCRIPTION.at("paths").members().values().stream()
                .flatMap(item -> item.members().values().stream())
                .filter(one -> one.textAt("operationId", "").equals(operationId))
                .findFirst()
                .orElseThrow();
        Json schema = operation
                .at("responses")
                .at(status)
                .at("content")
                .at("application/json")
                .at("schema");
        return validated(response, schema);
    }

    private static List<Error> validated(ApiResponse response, Json schema) {
        Json whole = Json.object()
                .with("$ref", schema.textAt("$ref", ""))
                .with("components", DESCRIPTION.at("components"))
                .build();
        Schema form = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.write(), InputFormat.JSON);
        return form.validate(response.body(), InputFormat.JSON);
    }

    private static Json description() {
        try {
            return YamlDocument.read(YAML).json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
