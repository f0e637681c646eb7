package dev.demarc.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.api.Estates;
import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.Deliveries;
import dev.demarc.notify.Notice;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.WebhookSender;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockworkFunctionTest {
    private final CentralStore store = new Estates().store();
    private final List<URI> called = new ArrayList<>();
    private int answer = 200;
    private Instant now = Estates.NOW.plus(Duration.ofHours(1));

    private Json run(String... tenants) throws IOException {
        WebhookSender sender = (url, headers, body) -> {
            called.add(url);
            return new WebhookSender.Reply.Status(answer);
        };
        ClockworkFunction function = new ClockworkFunction(
                new Clockwork(store, store, Catalogue.bundled()),
                new Deliveries(store, TargetCheck.strict(), sender, new Random(1)),
                Set.of(tenants),
                () -> now);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(new byte[0]), output, new FakeContext(() -> 60_000));
        return JsonReader.parse(output.toByteArray());
    }

    private static Json of(Json answer, String tenant) {
        return answer.at("tenants").elements().stream()
                .filter(one -> one.textAt("tenant", "").equals(tenant))
                .findFirst()
                .orElseThrow();
    }

    private List<String> told(String tenant) {
        return new NoticeLog(store)
                .read(Scope.operator(tenant), "", 1_000).notices().stream()
                        .map(Notice::kind)
                        .toList();
    }

    @Test
    void runsForEveryTenantAndSaysWhatItDid() throws IOException {
        now = Estates.NOW.plus(Duration.ofDays(101));

        Json first = run("betaorg", "alphaorg");
        int calls = called.size();
        Json second = run("alphaorg", "betaorg");

        assertThat(first.at("tenants").elements())
                .extracting(one -> one.textAt("tenant", ""))
                .containsExactly("alphaorg", "betaorg");
        assertThat(first.at("tenants").elements()).allSatisfy(one -> {
            // Of each of three accounts an attestation ran out.
            assertThat(one.longAt("notices", 0)).isGreaterThanOrEqualTo(3);
            assertThat(one.longAt("delivered", 0))
                    .isEqualTo(one.longAt("queued", 0))
                    .isPositive();
            assertThat(one.longAt("failed", -1)).isZero();
            assertThat(one.longAt("dead", -1)).isZero();
        });
        assertThat(calls).isEqualTo((int) (of(first, "alphaorg").longAt("delivered", 0)
                + of(first, "betaorg").longAt("delivered", 0)));
        assertThat(second.at("tenants").elements()).allSatisfy(one -> {
            assertThat(one.longAt("notices", -1)).isZero();
            assertThat(one.longAt("queued", -1)).isZero();
        });
        assertThat(called).hasSize(calls);
    }

    @Test
    void leavesTenantsAloneThatAreNotItsOwn() throws IOException {
        now = Estates.NOW.plus(Duration.ofDays(101));
        List<String> before = told("gammaorg");

        run("alphaorg");

        assertThat(told("gammaorg")).isEqualTo(before);
        assertThat(called)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(url.getHost()).isEqualTo("alphaorg.example.com"));
        // Control: there would have been something to tell.
        run("gammaorg");
        assertThat(told("gammaorg")).hasSizeGreaterThan(before.size());
    }

    @Test
    void doesNothingWithoutTenants() throws IOException {
        assertThat(run().at("tenants").elements()).isEmpty();
        assertThat(called).isEmpty();
    }

    @Test
    void countsWhatAReceiverDidNotTakeAndTriesItAgainLater() throws IOException {
        answer = 500;
        Json refused = run("alphaorg");
        answer = 200;
        now = now.plus(Duration.ofDays(1));
        Json taken = run("alphaorg");

        assertThat(of(refused, "alphaorg").longAt("failed", 0)).isPositive();
        assertThat(of(refused, "alphaorg").longAt("delivered", -1)).isZero();
        assertThat(of(taken, "alphaorg").longAt("delivered", 0)).isPositive();
        assertThat(of(taken, "alphaorg").longAt("failed", -1)).isZero();
    }

    @Test
    void failsAsAWholeWhenTheStoreDoesSoThatThePlatformTriesAgain() {
        ClockworkFunction function = new ClockworkFunction(
                new Clockwork(store, store, Catalogue.bundled()),
                new Deliveries(
                        store,
                        TargetCheck.strict(),
                        (url, headers, body) -> {
                            throw new IllegalStateException("throttled");
                        },
                        new Random(1)),
                Set.of("alphaorg"),
                () -> now);

        assertThatThrownBy(() -> function.handleRequest(
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream(),
                        new FakeContext(() -> 60_000)))
                .hasMessage("throttled");
    }
}
