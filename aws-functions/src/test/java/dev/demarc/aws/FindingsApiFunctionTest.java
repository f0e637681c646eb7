package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.api.Cells;
import dev.demarc.api.Credentials;
import dev.demarc.api.Estates;
import dev.demarc.api.FindingsApi;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsApiFunctionTest {
    private static final String CLAIMS =
            """
            {"iss": "us", "aud": "api", "sub": "kim", "exp": "%d", "demarc:tenant": "alphaorg", "demarc:role": "admin"}""".formatted(Estates.NOW.plus(Duration.ofHours(1)).getEpochSecond());

    private final FindingsApiFunction function = new FindingsApiFunction(
            new FindingsApi(new Estates().parts(), () -> Estates.NOW),
            GatewayCallers.of(new Credentials("us", "api")),
            () -> Estates.NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"queryStringParameters\":null,"
                        + "\"multiValueQueryStringParameters\":null,\"requestContext\":{\"authorizer\":{\"claims\":%s}}}",
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"multiValueQueryStringParameters\":{\"pageSize\":[\"5\"]},"
                        + "\"requestContext\":{\"authorizer\":{\"claims\":%s}}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/v1/findings\",\"rawQueryString\":\"pageSize=5\","
                        + "\"requestContext\":{\"http\":{\"method\":\"GET\"},\"authorizer\":{\"jwt\":{\"claims\":%s}}}}"
            })
    void answersProxyEventsOfBothFormats(String event) throws IOException {
        Json answer = handle(event.formatted(CLAIMS));

        assertThat(answer.longAt("statusCode", 0)).as(answer.write()).isEqualTo(200);
        assertThat(answer.at("headers").textAt("content-type", "")).isEqualTo("application/json");
        assertThat(JsonReader.parse(answer.textAt("body", "")).isObject()).isTrue();
        assertThat(handle(event.formatted("null")).longAt("statusCode", 0)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/health\",\"queryStringParameters\":{\"no-such\":\"x\"}}",
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/health\",\"multiValueQueryStringParameters\":{\"no-such\":[\"x\"]}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/v1/health\",\"rawQueryString\":\"no-such=x\","
                        + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
            })
    void handsQueryParametersOnFromEveryPlaceThatGatewaysPutThem(String event) throws IOException {
        Json answer = handle(event);

        assertThat(answer.longAt("statusCode", 0)).isEqualTo(400);
        assertThat(answer.textAt("body", "")).contains("no-such");
    }

    @Test
    void takesMethodHeadersAndBodyFromTheEvent() throws IOException {
        String body = Base64.getEncoder().encodeToString("{\"mode\":\"CHECK\"}".getBytes(StandardCharsets.UTF_8));

        Json answer =
                handle("{\"version\":\"2.0\",\"rawPath\":\"/v1/rebuild\",\"rawQueryString\":\"\",\"body\":\"" + body
                        + "\",\"isBase64Encoded\":true,\"headers\":{\"X-Request-Id\":\"r-1\"},\"requestContext\":{\"http\":"
                        + "{\"method\":\"POST\"},\"authorizer\":{\"jwt\":{\"claims\":" + CLAIMS + "}}}}");

        assertThat(answer.longAt("statusCode", 0)).as(answer.write()).isEqualTo(200);
        assertThat(answer.at("headers").textAt("x-request-id", "")).isEqualTo("r-1");
        assertThat(JsonReader.parse(answer.textAt("body", "")).longAt("accounts", 0))
                .isEqualTo(3);
    }

    /** An id with slashes, as a gateway hands it on that decodes the path. */
    @Test
    void findsAResourceWhosePathTheGatewayHasDecoded() throws IOException {
        String key = Estates.bucket(Estates.accounts("alphaorg").getFirst(), 1).key();

        Json answer =
                handle("{\"version\":\"2.0\",\"rawPath\":\"/v1/resources/" + key + "/history\",\"rawQueryString\":\"\","
                        + "\"requestContext\":{\"http\":{\"method\":\"GET\"},\"authorizer\":{\"jwt\":{\"claims\":"
                        + CLAIMS + "}}}}");

        assertThat(answer.longAt("statusCode", 0)).as(answer.write()).isEqualTo(200);
    }

    @Test
    void answersEveryCellOfTheAuthorizationMatrixAsDescribed() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Cells.Cell cell : Cells.all()) {
            Json answer = handle(event(cell).write());
            cell.fault((int) answer.longAt("statusCode", 0), answer.textAt("body", ""))
                    .ifPresent(faults::add);
        }

        assertThat(faults).isEmpty();
        assertThat(Cells.all()).hasSizeGreaterThan(1_000);
    }

    private static Json event(Cells.Cell cell) {
        Json.Builder context = Json.object()
                .with("http", Json.object().with("method", cell.method()).build());
        if (cell.kind() != Cells.Kind.NONE) {
            context.with(
                    "authorizer",
                    Json.object()
                            .with(
                                    "jwt",
                                    Json.object().with("claims", claims(cell)).build())
                            .build());
        }
        return Json.object()
                .with("version", "2.0")
                .with("rawPath", cell.path())
                .with("rawQueryString", "")
                .with("body", cell.body())
                .with("requestContext", context.build())
                .build();
    }

    /** A gateway drops a forged token; should it not, another issuer is behind it. */
    private static Json claims(Cells.Cell cell) {
        Scope scope = cell.scope();
        long expires = Estates.NOW.getEpochSecond() + (cell.kind() == Cells.Kind.EXPIRED ? -60 : 60);
        return Json.object()
                .with("iss", cell.kind() == Cells.Kind.FORGED ? "them" : "us")
                .with("aud", cell.kind() == Cells.Kind.WRONG_AUDIENCE ? "web" : "api")
                .with("sub", scope.subject())
                .with("exp", Long.toString(expires))
                .with(Credentials.TENANT, scope.tenant())
                .with(Credentials.ROLE, scope.role().word())
                .with(
                        Credentials.ACCOUNTS,
                        scope.accounts()
                                .map(some -> "["
                                        + String.join(
                                                " ",
                                                some.stream()
                                                        .map(AccountId::key)
                                                        .toList()) + "]"))
                .build();
    }

    private Json handle(String event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                output,
                new FakeContext(() -> 900_000));
        return JsonReader.parse(output.toByteArray());
    }
}
