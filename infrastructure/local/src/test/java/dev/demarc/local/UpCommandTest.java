package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command as its user runs it: starts, says where it is, answers, and ends when it is stopped. */
class UpCommandTest {
    @TempDir
    Path folder;

    /** A running {@code demarc up}. */
    private static final class Up implements AutoCloseable {
        private final StringWriter err = new StringWriter();
        private final AtomicInteger exit = new AtomicInteger(-1);
        private final BufferedReader out;
        private final Thread thread;

        Up(Path directory) throws IOException {
            PipedWriter written = new PipedWriter();
            out = new BufferedReader(new PipedReader(written));
            CommandLine command = Main.commandLine();
            command.setOut(new PrintWriter(written, true));
            command.setErr(new PrintWriter(err, true));
            thread = Thread.ofPlatform()
                    .start(() -> exit.set(command.execute("up", "--data", directory.toString(), "--port", "0")));
        }

        /** The first line of its output; waits for it. */
        String url() throws IOException {
            return String.valueOf(out.readLine());
        }

        /** Stops it and waits for its end. */
        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String secret(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8).strip();
    }

    private static String raw(String url, String head) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersTheTokenOfItsDirectoryAndNoOther() throws Exception {
        Buckets.fill(folder, 1);
        try (Up up = new Up(folder)) {
            String url = up.url();
            String ask = "GET /v1/findings?control=DAT-06 HTTP/1.1\r\nHost: "
                    + URI.create(url).getAuthority() + "\r\n";
            String bearer = "Authorization: Bearer ";

            assertThat(url).startsWith("http://127.0.0.1:");
            assertThat(raw(url, ask + bearer + secret("api-token") + "\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("it is off");
            assertThat(raw(url, ask)).startsWith("HTTP/1.1 401 ").doesNotContain("it is off");
            assertThat(raw(url, ask + bearer + secret("api-key") + "\r\n")).startsWith("HTTP/1.1 401 ");
            assertThat(raw(url, ask + bearer + "\r\n")).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void answersTheCommandsOfItsDirectory() throws Exception {
        Buckets.fill(folder, 1);
        try (Up up = new Up(folder)) {
            String url = up.url();
            String data = folder.toString();
            CommandRun api = CommandRun.of("api", "--data", data, "--url", url, "GET", "/v1/accounts");
            CommandRun token = CommandRun.of("token", "--data", data, "--role", "reader");
            String head = "GET /v1/register/versions HTTP/1.1\r\nHost: "
                    + URI.create(url).getAuthority() + "\r\nAuthorization: Bearer ";

            assertThat(api.exit()).as(api.err()).isEqualTo(ExitCode.FINE);
            assertThat(JsonReader.parse(api.out()).at("accounts").elements()).hasSize(1);
            assertThat(raw(url, head + token.out().strip() + "\r\n")).startsWith("HTTP/1.1 200 ");
            assertThat(raw(url, head + token.out().strip() + "x\r\n")).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void keepsItsSecretsToTheOwnerAndToItself() throws Exception {
        Up up = new Up(folder);
        up.url();
        up.close();

        assertThat(up.err.toString()).contains(folder.resolve("api-token").toString());
        for (String name : new String[] {"api-token", "api-key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
            assertThat(up.err.toString()).doesNotContain(secret(name));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # host,          origin,                  status
            HERE,            '',                      200
            HERE,            http://HERE,             200
            demarc.example,  '',                      403
            HERE,            http://demarc.example,   403
            HERE,            null,                    403
            """)
    void answersNoPageOfAnotherPlace(String host, String origin, int status) throws Exception {
        try (Up up = new Up(folder)) {
            String url = up.url();
            String here = URI.create(url).getAuthority();
            String headers = "Host: " + host.replace("HERE", here) + "\r\n"
                    + (origin.isEmpty() ? "" : "Origin: " + origin.replace("HERE", here) + "\r\n");

            assertThat(raw(url, "GET /v1/health HTTP/1.1\r\n" + headers)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-token", "api-key"})
    void doesNotStartWithASecretThatOthersCouldHaveRead(String name) throws Exception {
        ApiTokens.open(folder);
        String secret = secret(name);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));

        CommandRun run = CommandRun.of("up", "--data", folder.toString(), "--port", "0");

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains(name).contains("delete it").doesNotContain(secret);
        assertThat(run.out()).isEmpty();
        // Control: with the mode it was made with it starts.
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
        try (Up up = new Up(folder)) {
            assertThat(up.url()).startsWith("http://127.0.0.1:");
        }
    }

    @Test
    void answersByTheRegisterOfAFileWhenOneIsNamed() throws Exception {
        Path register = Files.writeString(folder.resolve("register.yaml"), "entries: yes\n");

        CommandRun run =
                CommandRun.of("up", "--data", folder.toString(), "--port", "0", "--register", register.toString());

        assertThat(run.exit()).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(run.err()).contains("register.yaml");
    }

    @Test
    void endsWhenItIsStoppedAndLetsThePortAndTheStoreGo() throws Exception {
        Buckets.fill(folder, 1);
        Up up = new Up(folder);
        String url = up.url();
        up.close();

        assertThat(up.exit.get()).isNotEqualTo(-1);
        CommandRun api = CommandRun.of("api", "--data", folder.toString(), "--url", url, "GET", "/v1/health");
        assertThat(api.err()).contains("nothing answers at " + url);
        assertThat(CommandRun.of("rebuild", "--data", folder.toString()).exit()).isEqualTo(ExitCode.FINE);
    }
}
