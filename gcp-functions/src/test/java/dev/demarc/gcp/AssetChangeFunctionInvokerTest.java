package dev.demarc.gcp;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the function in Google's own invoker, as Cloud Run does. */
class AssetChangeFunctionInvokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Process invoker;
    private URI address;

    @BeforeEach
    void startTheInvoker() throws IOException {
        int port = freePort();
        address = URI.create("http://127.0.0.1:" + port + "/");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.google.cloud.functions.invoker.runner.Invoker",
                        "--target",
                        RecordingFunction.class.getName(),
                        "--port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log());
        builder.environment().put(RecordingFunction.FILE, recorded().toString());
        invoker = builder.start();
    }

    @AfterEach
    void stopTheInvoker() {
        if (invoker != null) {
            invoker.destroyForcibly().onExit().join();
        }
    }

    @Test
    void acknowledgesAChangeThatItRecorded() throws IOException, InterruptedException {
        int status = post(FakeAccount.bucketChange("invoices"));

        assertThat(status).as("log: %s", Files.readString(log().toPath())).isBetween(200, 299);
        assertThat(Files.readAllLines(recorded())).containsExactly("//storage.googleapis.com/invoices");
    }

    @Test
    void answersWithAnErrorWhenTheStoreFails() throws IOException, InterruptedException {
        assertThat(post(FakeAccount.bucketChange("unlucky"))).isEqualTo(500);
    }

    @Test
    void acknowledgesAMessageThatWillNotGetBetter() throws IOException, InterruptedException {
        assertThat(post(FakeAccount.pubSub("no JSON"))).isBetween(200, 299);
    }

    /** The invoker listens a moment after it is started; only a refused connection is tried again. */
    private int post(String data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "event-1")
                .header("ce-type", "google.cloud.pubsub.topic.v1.messagePublished")
                .header("ce-source", "//pubsub.googleapis.com/projects/orders/topics/assets")
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    return http.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode();
                } catch (ConnectException e) {
                    if (System.nanoTime() > end || !invoker.isAlive()) {
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
        return folder.resolve("invoker.log").toFile();
    }
}
