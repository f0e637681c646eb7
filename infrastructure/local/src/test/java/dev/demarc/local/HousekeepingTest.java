package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Callers;
import dev.demarc.govern.Decisions;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.govern.Waivers;
import dev.demarc.local.store.SqliteStore;
import dev.demarc.model.Verdict;
import dev.demarc.notify.Deliveries;
import dev.demarc.notify.Delivery;
import dev.demarc.notify.Notice;
import dev.demarc.notify.NoticeLog;
import dev.demarc.notify.TargetCheck;
import dev.demarc.notify.Trend;
import dev.demarc.notify.WebhookRequest;
import dev.demarc.notify.WebhookSender;
import dev.demarc.notify.Webhooks;
import dev.demarc.query.Finding;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Sort;
import dev.demarc.record.Scope;
import dev.demarc.record.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one run of the work does that {@code demarc up} does every minute. */
class HousekeepingTest {
    private static final Scope SCOPE = Scope.operator(Scope.MAIN);

    private Instant now = Callers.NOW;
    private final SqliteStore store;
    private final Housekeeping work;

    HousekeepingTest(@TempDir Path folder) {
        store = SqliteStore.open(folder, Tenants.single(), () -> now);
        work = new Housekeeping(store, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        work.close();
        store.close();
    }

    private List<Finding> findings() {
        return new Posture(store, SCOPE, Catalogue.bundled(), Decisions.load(store, SCOPE), now)
                .all(FindingFilter.ALL, Sort.PRIORITY)
                .filter(finding -> finding.control().equals(Buckets.RESTORE)
                        && finding.resource().isPresent())
                .toList();
    }

    private List<String> told() {
        return new NoticeLog(store)
                .read(SCOPE, "", 100).notices().stream().map(Notice::kind).toList();
    }

    @Test
    void projectsWhatCameIn() {
        store.record(Buckets.observation("ledger", Map.of(Buckets.RESTORE, Buckets.FAIL)));
        assertThat(findings()).isEmpty();

        work.run();

        assertThat(findings()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void takesTheCountsOfTheDayAndTellsWhatTimeBrings() {
        Waivers waivers = new Waivers(store);
        Callers.done(waivers.request(Callers.ANA, "w", Callers.request(Duration.ofDays(40)), WaiverTerms.LOW, now));
        Callers.done(waivers.approve(Callers.BEN, "w", 1, WaiverTerms.LOW, now));
        work.run();
        assertThat(told()).containsExactlyInAnyOrder("waiver.requested", "waiver.approved");

        now = now.plus(Duration.ofDays(41));
        work.run();
        work.run();

        assertThat(told()).contains("waiver.expired").hasSize(3);
        LocalDate day = LocalDate.of(2026, 11, 24);
        assertThat(Trend.read(store, SCOPE, day, day.plusDays(50)).days())
                .extracting(Trend.Day::day)
                .containsExactly(day, day.plusDays(41));
    }

    /** Says yes to an address that the strict check of the work refuses, so that no test asks for anything outside. */
    private void subscribeToALoopbackAddress() throws IOException {
        TargetCheck lenient = TargetCheck.ofPorts(Set.of(9)).exempting(Set.of(InetAddress.getByName("127.0.0.1")));
        WebhookRequest request = new WebhookRequest(
                "https://127.0.0.1:9/", Set.of(), "LOW", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjU");
        Callers.done(new Webhooks(store, lenient).subscribe(SCOPE, "inside", request, now));
    }

    @Test
    void tellsListenersAndCallsNoAddressInside() throws IOException {
        subscribeToALoopbackAddress();
        // What becomes known is told at the time of this machine, which the store writes.
        now = Instant.now().plus(Duration.ofMinutes(1));
        store.record(Buckets.observation("ledger", Map.of(Buckets.RESTORE, Buckets.FAIL)));

        work.run();

        assertThat(told()).contains("finding.opened");
        WebhookSender none = (url, headers, body) -> new WebhookSender.Reply.Failed("not asked");
        List<Delivery> deliveries =
                new Deliveries(store, TargetCheck.strict(), none, new Random(1)).list(SCOPE, "inside", "", 10);
        assertThat(deliveries).isNotEmpty().allSatisfy(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.OPEN);
            assertThat(delivery.attempts()).hasSizeLessThanOrEqualTo(1);
        });
        assertThat(deliveries.getFirst().attempts()).hasSize(1);
    }

    @Test
    void tellsNothingTwice() throws IOException {
        subscribeToALoopbackAddress();
        now = Instant.now().plus(Duration.ofMinutes(1));
        store.record(Buckets.observation("ledger", Map.of(Buckets.RESTORE, Buckets.FAIL)));
        work.run();
        List<String> once = told();
        store.record(Buckets.observation("ledger", Map.of(Buckets.RESTORE, Buckets.FAIL)));
        work.run();

        assertThat(told()).isEqualTo(once).isNotEmpty();
        // Control: something else is told.
        store.record(Buckets.observation("other", Map.of(Buckets.RESTORE, new Verdict.Unknown("it"))));
        work.run();
        assertThat(told()).hasSizeGreaterThan(once.size());
    }
}
