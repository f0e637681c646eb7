package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.demarc.api.ApiParts;
import dev.demarc.api.Cells;
import dev.demarc.api.Credentials;
import dev.demarc.api.Estates;
import dev.demarc.api.FindingsApi;
import dev.demarc.api.Unscoped;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.model.AccountId;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server on loopback: tokens, hosts, origins, and the authorization matrix through it. */
class ServerTest {
    private final Path directory;
    private final Estates estates = new Estates();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Server server;
    private final ApiTokens tokens;

    ServerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.tokens = ApiTokens.open(directory);
        this.server = start(estates.parts());
    }

    private Server start(ApiParts parts) throws IOException {
        return Server.start(directory, parts, () -> Estates.NOW, 0, ignored -> {});
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private HttpResponse<String> send(Server to, String method, String path, String body, Optional<String> bearer)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(to.url() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        bearer.ifPresent(token -> request.header("authorization", "Bearer " + token));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private int status(Optional<String> bearer) throws IOException, InterruptedException {
        return send(server, "GET", "/v1/findings", "", bearer).statusCode();
    }

    @Test
    void answersEveryCellOfTheAuthorizationMatrixAsDescribed() throws Exception {
        List<String> faults = faults(server, Cells.all());

        Set<String> operations = new TreeSet<>();
        Cells.all().forEach(cell -> operations.add(cell.operation()));
        assertThat(faults).isEmpty();
        assertThat(Cells.all()).hasSizeGreaterThan(1_000);
        assertThat(operations).hasSize((int) Cells.operations());
    }

    @Test
    void findsTheFaultsOfAStoreThatForgetsTheScope() throws Exception {
        ApiParts parts = estates.parts();
        ApiParts leaking = new ApiParts(
                new Unscoped(parts.reads()),
                parts.documents(),
                parts.catalogue(),
                parts.rebuilding(),
                parts.cursorKey(),
                parts.register());
        List<Cells.Cell> others = Cells.all().stream()
                .filter(cell -> cell.kind() == Cells.Kind.OTHER_TENANT || cell.kind() == Cells.Kind.OTHER_ACCOUNT)
                .toList();
        try (Server careless = start(leaking)) {
            assertThat(faults(careless, others)).hasSizeGreaterThan(20);
        }
        assertThat(faults(server, others)).isEmpty();
    }

    private List<String> faults(Server of, List<Cells.Cell> cells) throws Exception {
        List<String> faults = new ArrayList<>();
        for (Cells.Cell cell : cells) {
            HttpResponse<String> answer = send(of, cell.method(), cell.path(), cell.body(), bearer(cell));
            cell.fault(answer.statusCode(), answer.body()).ifPresent(faults::add);
        }
        return faults;
    }

    private Optional<String> bearer(Cells.Cell cell) throws JOSEException {
        return switch (cell.kind()) {
            case OWN, OTHER_TENANT, OTHER_ACCOUNT ->
                Optional.of(tokens.sign(claims(cell.scope()).build()));
            case NONE -> Optional.empty();
            case EXPIRED ->
                Optional.of(tokens.sign(claims(cell.scope())
                        .expirationTime(Date.from(Estates.NOW.minusSeconds(60)))
                        .build()));
            case FORGED -> Optional.of(forged(claims(cell.scope()).build()));
            case WRONG_AUDIENCE ->
                Optional.of(tokens.sign(claims(cell.scope()).audience("web").build()));
        };
    }

    private static JWTClaimsSet.Builder claims(Scope scope) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ApiTokens.ISSUER)
                .audience(ApiTokens.AUDIENCE)
                .subject(scope.subject())
                .expirationTime(Date.from(Estates.NOW.plusSeconds(60)))
                .claim(Credentials.TENANT, scope.tenant())
                .claim(Credentials.ROLE, scope.role().word());
        scope.accounts()
                .ifPresent(some -> claims.claim(
                        Credentials.ACCOUNTS, some.stream().map(AccountId::key).toList()));
        return claims;
    }

    private static String forged(JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner("another key, which is long enough to sign".getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    @Test
    void takesTheTokenOfTheDirectory() throws Exception {
        assertThat(status(Optional.of(server.token()))).isEqualTo(200);
        assertThat(status(Optional.of(server.token() + "x"))).isEqualTo(401);
        assertThat(status(Optional.of(server.token().substring(1)))).isEqualTo(401);
        assertThat(status(Optional.of(""))).isEqualTo(401);
    }

    @Test
    void takesATokenThatTheCommandMade() throws Exception {
        String token = tokens.issue(Role.READER, "alphaorg", List.of(), "kim", Estates.NOW.plus(Duration.ofHours(1)));

        assertThat(status(Optional.of(token))).isEqualTo(200);
    }

    @Test
    void refusesATokenWithoutSignatureOrWithAnotherAlgorithm() throws Exception {
        JWTClaimsSet claims = claims(Estates.scope("alphaorg", Role.ADMIN)).build();
        byte[] long64 = "x".repeat(64).getBytes(StandardCharsets.UTF_8);
        SignedJWT hs512 = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
        hs512.sign(new MACSigner(long64));
        String good = tokens.sign(claims);
        String[] parts = good.split("\\.");

        assertThat(status(Optional.of(good))).isEqualTo(200);
        assertThat(status(Optional.of(new PlainJWT(claims).serialize()))).isEqualTo(401);
        assertThat(status(Optional.of(hs512.serialize()))).isEqualTo(401);
        assertThat(status(Optional.of(parts[0] + "." + parts[1] + "."))).isEqualTo(401);
        String other = tokens.sign(claims(Estates.scope("betaorg", Role.ADMIN)).build());
        assertThat(status(Optional.of(parts[0] + "." + other.split("\\.")[1] + "." + parts[2])))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # host,           origin,                    status
            127.0.0.1:PORT,   '',                        200
            localhost:PORT,   '',                        200
            localhost:PORT,   http://localhost:PORT,     200
            evil.example,     '',                        403
            127.0.0.1.evil,   '',                        403
            localhost.evil:1, '',                        403
            127.0.0.1:PORT,   http://evil.example,       403
            127.0.0.1:PORT,   null,                      403
            127.0.0.1:PORT,   http://127.0.0.1:1,        403
            """)
    void answersOnlyForLoopbackAndItsOwnPages(String host, String origin, int status) throws IOException {
        String port = Integer.toString(URI.create(server.url()).getPort());
        String headers = "Host: " + host.replace("PORT", port) + "\r\n"
                + (origin.isEmpty() ? "" : "Origin: " + origin.replace("PORT", port) + "\r\n");

        assertThat(raw("GET /v1/health HTTP/1.1\r\n" + headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    private String raw(String head) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(server.address().isLoopbackAddress()).isTrue();
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        String large = " ".repeat(FindingsApi.LARGEST_BODY + 100_000);

        HttpResponse<String> answer = send(server, "POST", "/v1/rebuild", large, Optional.of(mainAdmin()));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    private String mainAdmin() {
        return tokens.issue(Role.ADMIN, Scope.MAIN, List.of(), "kim", Estates.NOW.plusSeconds(60));
    }

    @Test
    void answersAFailureAsAProblemWithoutItsText() throws Exception {
        ApiParts parts = estates.parts();
        ApiParts failing = new ApiParts(
                parts.reads(),
                parts.documents(),
                parts.catalogue(),
                parts.rebuilding(),
                () -> {
                    throw new IllegalStateException("a secret detail");
                },
                parts.register());
        List<String> log = new ArrayList<>();
        try (Server broken = Server.start(directory, failing, () -> Estates.NOW, 0, log::add)) {
            String reader = tokens.issue(Role.READER, "alphaorg", List.of(), "kim", Estates.NOW.plusSeconds(60));
            HttpResponse<String> answer = send(broken, "GET", "/v1/findings?pageSize=1", "", Optional.of(reader));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(answer.body()).doesNotContain("a secret detail");
            assertThat(log).hasSize(1);
        }
    }

    @Test
    void answersHeadAnd304WithoutABody() throws Exception {
        Optional<String> token = Optional.of(server.token());
        HttpResponse<String> head = send(server, "HEAD", "/v1/waivers", "", token);
        HttpRequest again = HttpRequest.newBuilder(URI.create(server.url() + "/v1/waivers"))
                .header("authorization", "Bearer " + server.token())
                .header("if-none-match", head.headers().firstValue("etag").orElse(""))
                .build();

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(304);
        Json health = JsonReader.parse(
                send(server, "GET", "/v1/health", "", Optional.empty()).body());
        assertThat(health.textAt("status", "")).isEqualTo("ok");
    }
}
