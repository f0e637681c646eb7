package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.api.FindingsApi;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.register.Register;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsApiFunctionTest {
    private final FindingsApiFunction function = new FindingsApiFunction(new FindingsApi(
            new EmptyCentralStore(),
            Catalogue.bundled(),
            Register.empty(),
            InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"queryStringParameters\":null,"
                        + "\"multiValueQueryStringParameters\":null}",
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"multiValueQueryStringParameters\":{\"pageSize\":[\"5\"]}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/v1/findings\",\"rawQueryString\":\"pageSize=5\","
                        + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
            })
    void answersProxyEventsOfBothFormats(String event) throws IOException {
        Json answer = handle(event);

        assertThat(answer.longAt("statusCode", 0)).isEqualTo(200);
        assertThat(answer.at("headers").textAt("content-type", "")).isEqualTo("application/json");
        assertThat(JsonReader.parse(answer.textAt("body", "")).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"queryStringParameters\":{\"no-such\":\"x\"}}",
                "{\"httpMethod\":\"GET\",\"path\":\"/v1/findings\",\"multiValueQueryStringParameters\":{\"no-such\":[\"x\"]}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/v1/findings\",\"rawQueryString\":\"no-such=x\","
                        + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
            })
    void handsQueryParametersOnFromEveryPlaceThatGatewaysPutThem(String event) throws IOException {
        Json answer = handle(event);

        assertThat(answer.longAt("statusCode", 0)).isEqualTo(400);
        assertThat(answer.textAt("body", "")).contains("no-such");
    }

    @Test
    void takesTheMethodFromTheEvent() throws IOException {
        Json answer = handle("{\"version\":\"2.0\",\"rawPath\":\"/v1/findings\",\"rawQueryString\":\"\","
                + "\"requestContext\":{\"http\":{\"method\":\"DELETE\"}}}");

        assertThat(answer.longAt("statusCode", 0)).isEqualTo(405);
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
