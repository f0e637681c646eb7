package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.ProviderReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T06:00:00Z");
    private static final ResourceId SERVICE =
            new ResourceId(Provider.AWS, "111122223333", "eu-west-1", "AWS::ECS::Service", "basket");

    @Test
    void tellsCompanionsOfOneTypeApartByTheirNames() throws IOException {
        Estate estate = estate("""
                {"companionOf":"basket","type":"AWS::IAM::Role","name":"task-role","documents":[{"arn":"task"}]}
                {"companionOf":"basket","type":"AWS::IAM::Role","name":"execution-role","documents":[{"arn":"execution"}]}
                """);

        assertThat(read(estate, "task-role")).isEqualTo(found("{\"arn\":\"task\"}"));
        assertThat(read(estate, "execution-role")).isEqualTo(found("{\"arn\":\"execution\"}"));
    }

    @Test
    void givesALineWithoutANameToEveryCompanionOfTheType() throws IOException {
        Estate estate =
                estate("{\"companionOf\":\"basket\",\"type\":\"AWS::IAM::Role\",\"documents\":[{\"arn\":\"both\"}]}");

        assertThat(read(estate, "task-role")).isEqualTo(found("{\"arn\":\"both\"}"));
        assertThat(read(estate, "execution-role")).isEqualTo(found("{\"arn\":\"both\"}"));
    }

    @Test
    void namesThePermissionOfACompanionThatIsDenied() throws IOException {
        Estate estate = estate("{\"companionOf\":\"basket\",\"type\":\"AWS::IAM::Role\",\"denied\":true}");

        assertThat(read(estate, "task-role")).isEqualTo(new ProviderReader.Read.Denied("iam:GetRole"));
    }

    private static Estate estate(String lines) throws IOException {
        Estate estate = new Estate();
        estate.load("test", new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), NOW);
        return estate;
    }

    private static ProviderReader.Read read(Estate estate, String name) {
        return estate.companion(
                SERVICE, new ProviderReader.Wanted(name, "AWS::IAM::Role", "resource", List.of(), "iam:GetRole"));
    }

    private static ProviderReader.Read found(String json) {
        Json document = JsonReader.parse(json);
        return new ProviderReader.Read.Found(List.of(document));
    }
}
