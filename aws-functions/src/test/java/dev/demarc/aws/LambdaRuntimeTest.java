package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the function in Lambda's own runtime interface emulator and client. */
class LambdaRuntimeTest {
    private static final Path EMULATOR = Path.of(System.getProperty("user.home"), ".cache", "demarc", "aws-lambda-rie");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private @Nullable Process emulator;
    private URI invocations = URI.create("http://127.0.0.1");

    private void start(Class<?> handler) throws IOException {
        if (!Files.isExecutable(EMULATOR)) {
            assertThat(System.getProperty("demarc.rie", ""))
                    .as("the emulator is required and is not there; run .ci/fetch-rie")
                    .isNotEqualTo("required");
            Assumptions.abort("the Lambda runtime interface emulator is not there; .ci/fetch-rie fetches it");
        }
        String address = "127.0.0.1:" + freePort();
        invocations = URI.create("http://" + address + "/2015-03-31/functions/function/invocations");
        ProcessBuilder builder = new ProcessBuilder(
                        EMULATOR.toString(),
                        "--runtime-interface-emulator-address",
                        address,
                        "--runtime-api-address",
                        "127.0.0.1:" + freePort(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        handler.getName() + "::handleRequest")
                .redirectErrorStream(true)
                .redirectOutput(log());
        builder.environment().put(RecordingHandler.FILE, recorded().toString());
        emulator = builder.start();
    }

    @AfterEach
    void stopTheEmulator() {
        if (emulator != null) {
            emulator.descendants().forEach(ProcessHandle::destroyForcibly);
            emulator.destroyForcibly().onExit().join();
        }
    }

    @Test
    void answersThePartialBatchResponseThatLambdaReads() throws IOException, InterruptedException {
        start(RecordingHandler.class);

        String answer = invoke(FakeAccount.batch(
                FakeAccount.bucketRecord("1", "invoices"),
                FakeAccount.record("2", "no JSON"),
                FakeAccount.bucketRecord("3", "unlucky"),
                FakeAccount.bucketRecord("4", "orders")));

        assertThat(answer)
                .as("log: %s", Files.readString(log().toPath()))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"3\"}]}");
        assertThat(Files.readAllLines(recorded())).containsExactly("invoices", "orders");
    }

    @Test
    void reportsAnEventThatIsNoBatchAsAnErrorOfTheFunction() throws IOException, InterruptedException {
        start(RecordingHandler.class);

        String answer = invoke("{\"Records\":[{\"body\":\"{}\"}]}");

        assertThat(answer).contains("java.lang.IllegalArgumentException").contains("messageId");
    }

    @Test
    void sweepsToTheEndAndSaysSo() throws IOException, InterruptedException {
        start(RuntimeHandlers.Sweep.class);

        assertThat(invoke("{}")).isEqualTo("{\"complete\":true}");
    }

    @Test
    void answersTheApiAsAProxyResponse() throws IOException, InterruptedException {
        start(RuntimeHandlers.Api.class);

        String answer = invoke("{\"version\":\"2.0\",\"rawPath\":\"/v1/health\",\"rawQueryString\":\"\","
                + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");

        assertThat(answer).contains("\"statusCode\":200").contains("application/json");
    }

    @Test
    void projectsAStreamBatch() throws IOException, InterruptedException {
        start(RuntimeHandlers.Projector.class);

        String answer = invoke(
                "{\"Records\":[{\"eventName\":\"REMOVE\",\"dynamodb\":{\"SequenceNumber\":\"1\",\"Keys\":{}}}]}");

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    }

    /** The emulator listens a moment after it is started; only a refused connection is tried again. */
    private String invoke(String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(invocations)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    return http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body();
                } catch (ConnectException e) {
                    if (System.nanoTime() > end || emulator == null || !emulator.isAlive()) {
                        throw e;
                    }
                    Thread.sleep(50);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path recorded() {
        return folder.resolve("recorded");
    }

    private File log() {
        return folder.resolve("emulator.log").toFile();
    }
}
