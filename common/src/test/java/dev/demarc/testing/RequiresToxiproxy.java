package dev.demarc.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Toxiproxy process for the tests of one class, on loopback. {@code -Ddemarc.toxiproxy} is a path of its server, or {@code optional} (the
 * tests are skipped and say why when it is not in its usual place) or {@code required} (they fail).
 */
public final class RequiresToxiproxy implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private @Nullable Process process;
    private @Nullable Thread hook;
    private int port;

    /** The port of its control API. */
    public int port() {
        return port;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.isExecutable(server()) || !setting().equals("optional")) {
            return ConditionEvaluationResult.enabled("Toxiproxy can be had, or is required");
        }
        return ConditionEvaluationResult.disabled(
                "these tests need Toxiproxy, and it is not at " + server() + "; run: .ci/fetch-toxiproxy");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(server().toString(), "-host", "127.0.0.1", "-port", Integer.toString(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // A JVM that is told to end does not get to afterAll, and the server would outlive it.
        hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        Instant end = Instant.now().plus(LONGEST_START);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException(server() + " does not listen on port " + port);
            }
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (process != null) {
            process.destroy();
        }
        if (hook != null) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static String setting() {
        return System.getProperty("demarc.toxiproxy", "optional");
    }

    private static Path server() {
        return switch (setting()) {
            case "optional", "required", "" ->
                Path.of(System.getProperty("user.home"), ".cache", "demarc", "toxiproxy");
            default -> Path.of(setting());
        };
    }
}
