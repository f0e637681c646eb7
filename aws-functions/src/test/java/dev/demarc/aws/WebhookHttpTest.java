package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.WebhookSender.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookHttpTest {
    private static final byte[] BODY = "{\"type\":\"finding.opened\"}".getBytes(StandardCharsets.UTF_8);
    private static final InetAddress LOOPBACK = address("127.0.0.1");
    /** Stands for the host outside; the check is told to take it for public. */
    private static final InetAddress OUTSIDE = address("127.0.0.2");

    private static final InetAddress PUBLIC = address("198.41.0.4");

    @TempDir
    static Path folder;

    private static Path store = Path.of("");

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        store = TlsServer.certificate(folder);
    }

    @Test
    void postsTheBodyWithItsHeaders() throws Exception {
        try (TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
                WebhookHttp sender = sender(server.port(), always(OUTSIDE))) {

            Reply reply = post(sender, server.port());

            assertThat(reply).isEqualTo(new Reply.Status(204));
            assertThat(server.requests()).containsExactly("POST /hook {\"type\":\"finding.opened\"} msg_1");
        }
    }

    @Test
    void connectsToNoAddressThatIsNotPublic() throws Exception {
        try (TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
                WebhookHttp strict = new WebhookHttp(
                        TargetCheck.ofPorts(Set.of(server.port())),
                        new Stub(always(OUTSIDE)),
                        trust(),
                        Duration.ofSeconds(30));
                WebhookHttp open = sender(server.port(), always(OUTSIDE))) {

            assertThat(post(strict, server.port()))
                    .isEqualTo(new Reply.Failed("refused: its address is not on the public internet"));
            assertThat(server.requests()).isEmpty();

            post(open, server.port());
            assertThat(server.requests()).as("with the check off").hasSize(1);
        }
    }

    @Test
    void refusesAHostThatStandsForAPublicAndAnInnerAddress() throws Exception {
        try (TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
                WebhookHttp sender = sender(server.port(), host -> new InetAddress[] {OUTSIDE, LOOPBACK})) {

            assertThat(post(sender, server.port())).isInstanceOf(Reply.Failed.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesANameWhoseAnswerTurnsInward() throws Exception {
        try (TlsServer inside = server("127.0.0.1", 0, exchange -> exchange.sendResponseHeaders(204, -1))) {
            TargetCheck check = TargetCheck.ofPorts(Set.of(inside.port()));
            DnsResolver turning = turning(PUBLIC, LOOPBACK);
            // As a careless sender does: check one answer of the name service, and connect to the next.
            assertThat(check.refusal(turning.resolve("hooks.example.com")[0])).isEmpty();
            try (WebhookHttp sender = new WebhookHttp(check, turning, trust(), Duration.ofSeconds(30))) {
                assertThat(post(sender, inside.port()))
                        .isEqualTo(new Reply.Failed("refused: its address is not on the public internet"));
            }
            assertThat(inside.requests()).isEmpty();

            DnsResolver again = turning(PUBLIC, LOOPBACK);
            again.resolve("hooks.example.com");
            try (WebhookHttp careless =
                    new WebhookHttp(check.exempting(Set.of(LOOPBACK)), again, trust(), Duration.ofSeconds(30))) {
                post(careless, inside.port());
            }
            assertThat(inside.requests()).as("with the check off").hasSize(1);
        }
    }

    @Test
    void asksTheNameServiceOnceForAConnection() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
                WebhookHttp sender = sender(server.port(), host -> {
                    asked.incrementAndGet();
                    return new InetAddress[] {OUTSIDE};
                })) {

            post(sender, server.port());

            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void followsNoRedirectInward() throws Exception {
        try (TlsServer inside = server("127.0.0.1", 0, exchange -> exchange.sendResponseHeaders(204, -1))) {
            String target = "https://hooks.example.com:" + inside.port() + "/inside";
            AtomicBoolean turned = new AtomicBoolean();
            try (TlsServer outside = server("127.0.0.2", 0, exchange -> {
                        turned.set(true);
                        exchange.getResponseHeaders().set("Location", target);
                        exchange.sendResponseHeaders(307, -1);
                    });
                    WebhookHttp sender = new WebhookHttp(
                            TargetCheck.ofPorts(Set.of(inside.port(), outside.port()))
                                    .exempting(Set.of(LOOPBACK, OUTSIDE)),
                            new Stub(host -> new InetAddress[] {turned.get() ? LOOPBACK : OUTSIDE}),
                            trust(),
                            Duration.ofSeconds(30))) {

                assertThat(post(sender, outside.port())).isEqualTo(new Reply.Status(307));
                assertThat(inside.requests()).isEmpty();

                // What the receiver points to can be reached: only not following keeps the message from it.
                sender.post(URI.create(target), Map.of(), BODY);
                assertThat(inside.requests()).as("when followed").hasSize(1);
            }
        }
    }

    @Test
    void usesNoProxyOfTheSystem() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, LOOPBACK);
                TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1))) {
            proxy.setSoTimeout(200);
            System.setProperty("https.proxyHost", "127.0.0.1");
            System.setProperty("https.proxyPort", Integer.toString(proxy.getLocalPort()));
            try (WebhookHttp sender = sender(server.port(), always(OUTSIDE))) {
                assertThat(post(sender, server.port())).isEqualTo(new Reply.Status(204));
            } finally {
                System.clearProperty("https.proxyHost");
                System.clearProperty("https.proxyPort");
            }
            assertThatThrownBy(proxy::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void endsWhatTakesTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TlsServer server = server("127.0.0.2", 0, exchange -> {
                    try {
                        never.await(5, TimeUnit.SECONDS);
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
                WebhookHttp sender = sender(server.port(), always(OUTSIDE), Duration.ofMillis(400))) {
            long start = System.nanoTime();

            assertThat(post(sender, server.port())).isEqualTo(new Reply.Failed("there was no answer in time"));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void endsAnAnswerThatDripsItsHeaders() throws Exception {
        try (ServerSocket drip = new ServerSocket(0, 5, OUTSIDE)) {
            Thread server = Thread.ofVirtual().start(() -> dripInto(drip));
            try (WebhookHttp sender = sender(drip.getLocalPort(), always(OUTSIDE), Duration.ofMillis(600))) {
                long start = System.nanoTime();

                assertThat(post(sender, drip.getLocalPort())).isInstanceOf(Reply.Failed.class);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            }
            server.interrupt();
        }
    }

    @Test
    void readsNothingOfALongAnswer() throws Exception {
        AtomicInteger written = new AtomicInteger();
        try (TlsServer server = server("127.0.0.2", 0, exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        byte[] block = new byte[65536];
                        for (int i = 0; i < 16_000; i++) {
                            out.write(block);
                            written.incrementAndGet();
                        }
                    }
                });
                WebhookHttp sender = sender(server.port(), always(OUTSIDE))) {

            assertThat(post(sender, server.port())).isEqualTo(new Reply.Status(200));

            assertThat(written.get()).as("64 KB blocks of a gigabyte").isLessThan(1000);
        }
    }

    @Test
    void takesNoCertificateThatIsNotTrustedOrForAnotherName() throws Exception {
        try (TlsServer server = server("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
                WebhookHttp untrusting = new WebhookHttp(
                        check(server.port()),
                        new Stub(always(OUTSIDE)),
                        SSLContext.getDefault(),
                        Duration.ofSeconds(30));
                WebhookHttp sender = sender(server.port(), always(OUTSIDE))) {

            assertThat(post(untrusting, server.port()))
                    .isEqualTo(new Reply.Failed("no trusted connection could be made"));
            assertThat(sender.post(URI.create("https://other.example.com:" + server.port() + "/hook"), Map.of(), BODY))
                    .isEqualTo(new Reply.Failed("no trusted connection could be made"));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void saysInItsOwnWordsWhatFailed() throws Exception {
        try (WebhookHttp sender = sender(443, host -> {
            throw new UnknownHostException("secret-name.example.com");
        })) {
            assertThat(sender.post(URI.create("https://hooks.example.com/hook"), Map.of(), BODY))
                    .isEqualTo(new Reply.Failed("the name service does not know the host"));
            assertThat(sender.post(URI.create("http://hooks.example.com/hook"), Map.of(), BODY))
                    .isEqualTo(new Reply.Failed("refused: it is not https"));
            assertThat(sender.post(URI.create("https://hooks.example.com:22/hook"), Map.of(), BODY))
                    .isEqualTo(new Reply.Failed("refused: port 22 is not allowed"));
        }
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, OUTSIDE)) {
            free = closed.getLocalPort();
        }
        try (WebhookHttp sender = sender(free, always(OUTSIDE))) {
            assertThat(post(sender, free)).isEqualTo(new Reply.Failed("no connection could be made"));
        }
    }

    private static void dripInto(ServerSocket socket) {
        try {
            var tls = (javax.net.ssl.SSLSocket)
                    trust().getSocketFactory().createSocket(socket.accept(), null, socket.getLocalPort(), true);
            tls.setUseClientMode(false);
            try (tls) {
                tls.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 60; i++) {
                    tls.getOutputStream().write(("X-" + i + ": a\r\n").getBytes(StandardCharsets.US_ASCII));
                    tls.getOutputStream().flush();
                    Thread.sleep(100);
                }
            }
        } catch (IOException | GeneralSecurityException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply post(WebhookHttp sender, int port) {
        return sender.post(
                URI.create("https://hooks.example.com:" + port + "/hook"),
                Map.of("webhook-id", "msg_1", "content-type", "application/json"),
                BODY);
    }

    private static TargetCheck check(int port) {
        return TargetCheck.ofPorts(ports(port)).exempting(Set.of(OUTSIDE));
    }

    private static Set<Integer> ports(int port) {
        return port == 443 ? Set.of(443) : Set.of(443, port);
    }

    private static WebhookHttp sender(int port, Names names) throws IOException, GeneralSecurityException {
        return sender(port, names, Duration.ofSeconds(30));
    }

    private static WebhookHttp sender(int port, Names names, Duration atMost)
            throws IOException, GeneralSecurityException {
        return new WebhookHttp(check(port), new Stub(names), trust(), atMost);
    }

    private static TlsServer server(String address, int port, TlsServer.Answer answer)
            throws IOException, GeneralSecurityException {
        return new TlsServer(address, port, store, answer);
    }

    private static SSLContext trust() throws IOException, GeneralSecurityException {
        return TlsServer.context(store);
    }

    private interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private record Stub(Names names) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return names.of(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private static Names always(InetAddress address) {
        return host -> new InetAddress[] {address};
    }

    /** Answers with the first once, and with the second from then on. */
    private static Stub turning(InetAddress first, InetAddress then) {
        AtomicBoolean turned = new AtomicBoolean();
        return new Stub(host -> new InetAddress[] {turned.getAndSet(true) ? then : first});
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
