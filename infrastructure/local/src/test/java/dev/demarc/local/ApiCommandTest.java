package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.api.ApiParts;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.JsonReader;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.project.Rebuild;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String REGISTER = """
            {"entries": [{"service-type": "AWS::S3::Bucket", "owner": "storage", "reviewed-by": "A. Reviewer",
             "reviewed-on": "2026-11-01", "expires-on": "2027-10-01", "approved": true}]}""";

    private final Path folder;
    private final SqliteStore store;
    private final Server server;

    ApiCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Buckets.fill(folder, 2);
        this.store = SqliteStore.open(folder);
        ApiParts parts = ApiParts.of(store, Catalogue.bundled(), scope -> Rebuild.within(store, scope), () -> NOW);
        this.server = Server.start(folder, parts, () -> NOW, 0, ignored -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    private CommandRun api(String... arguments) {
        List<String> all = new ArrayList<>(List.of("api", "--data", folder.toString(), "--url", server.url()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void printsTheAnswerToTheTokenOfTheDirectory() {
        CommandRun run = api(
                "get",
                "v1/findings?control=DAT-06&resource="
                        + Buckets.id("bucket-0").key().replace("|", "%7C"));

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.FINE);
        assertThat(JsonReader.parse(run.out()).at("findings").elements())
                .singleElement()
                .satisfies(one -> assertThat(one.textAt("reason", "")).contains("\u2713"));
    }

    @Test
    void sendsABodyAndHeaders() throws IOException {
        String body =
                Files.writeString(folder.resolve("register.json"), REGISTER).toString();

        CommandRun without = api("PUT", "/v1/register", "--body", body);
        CommandRun with = api("PUT", "/v1/register", "--body", body, "--header", "If-None-Match: *");

        assertThat(without.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(without.err()).contains("the API answered 428");
        assertThat(with.exit()).as(with.err()).isEqualTo(ExitCode.FINE);
        assertThat(JsonReader.parse(api("GET", "/v1/register").out()).longAt("version", 0))
                .isOne();
    }

    @Test
    void printsAProblemAndFails() {
        CommandRun run = api("GET", "/v1/findings?colour=blue");

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains("the API answered 400");
        assertThat(JsonReader.parse(run.out()).longAt("status", 0)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://demarc.example",
                "https://127.0.0.1.example",
                "http://127.0.0.1:80@demarc.example",
                "http://127.0.0.2:8080",
                "http://localhost.example:8080"
            })
    void sendsTheTokenToThisMachineOnly(String url) {
        CommandRun run = CommandRun.of("api", "--data", folder.toString(), "--url", url, "GET", "/v1/health");

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains("this machine only").contains(url);
    }

    @Test
    void saysHowToStartWhatDoesNotAnswer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        CommandRun run =
                CommandRun.of("api", "--data", folder.toString(), "--url", "http://127.0.0.1:" + free, "GET", "/");

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains("start 'demarc up'");
    }

    @Test
    void saysWhoMakesTheTokenThatIsNotThere(@TempDir Path other) {
        CommandRun run = CommandRun.of("api", "--data", other.toString(), "--url", server.url(), "GET", "/v1/health");

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains("'demarc up' with the same --data makes it");
    }

    @Test
    void refusesTheTokenOfAnotherDirectory(@TempDir Path other) throws IOException {
        ApiTokens.open(other);

        CommandRun run = CommandRun.of("api", "--data", other.toString(), "--url", server.url(), "GET", "/v1/findings");

        assertThat(run.err()).contains("the API answered 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ":no name"})
    void saysHowAHeaderIsWritten(String header) {
        assertThat(api("GET", "/v1/health", "--header", header).err()).contains("write NAME:VALUE");
    }

    @Test
    void saysThatAPathIsUrlEncoded() {
        assertThat(api("GET", "/v1/findings?resource=a|b").err()).contains("URL-encode");
    }
}
