package dev.demarc.notify;

import static dev.demarc.notify.WebhooksTest.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.notify.WebhookSender.Reply;
import dev.demarc.record.Documents;
import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Role;
import dev.demarc.record.Scope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final Reply OK = new Reply.Status(204);
    private static final Reply BROKEN = new Reply.Status(500);

    private final InMemoryStore store = new InMemoryStore();
    private final Webhooks webhooks = new Webhooks(store, TargetCheck.strict());
    private final NoticeLog notices = new NoticeLog(store);
    private final Receiver receiver = new Receiver();
    private final Deliveries deliveries = new Deliveries(store, TargetCheck.strict(), receiver, new Random(1));

    private record Post(URI url, Map<String, String> headers, String body) {}

    /** A receiver outside. */
    private static final class Receiver implements WebhookSender {
        private final List<Post> posts = new ArrayList<>();
        private Supplier<Reply> answer = () -> OK;

        @Override
        public Reply post(URI url, Map<String, String> headers, byte[] body) {
            posts.add(new Post(url, headers, new String(body, java.nio.charset.StandardCharsets.UTF_8)));
            return answer.get();
        }
    }

    @Test
    void tellsAWebhookOfANoticeOnce() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");

        Deliveries.Report first = deliveries.run(ADMIN, START.plusSeconds(60));
        Deliveries.Report second = deliveries.run(ADMIN, START.plusSeconds(120));

        assertThat(first).isEqualTo(new Deliveries.Report(1, 1, 0, 0));
        assertThat(second).isEqualTo(new Deliveries.Report(0, 0, 0, 0));
        assertThat(receiver.posts).hasSize(1);
    }

    @Test
    void sendsASmallMessageThatTheReceiverCanVerify() {
        subscribe("chat", Set.of(), "LOW");
        Notice notice = happens(1, "HIGH");

        deliveries.run(ADMIN, START.plusSeconds(60));

        Post post = receiver.posts.getFirst();
        Json body = JsonReader.parse(post.body());
        assertThat(post.url()).isEqualTo(URI.create("https://hooks.example.com/chat"));
        assertThat(body.textAt("type", "")).isEqualTo("finding.opened");
        assertThat(body.at("data").textAt("notice", "")).isEqualTo(notice.id());
        assertThat(isGenuine(post, START.plusSeconds(60))).isTrue();
        assertThat(isGenuine(post, START.plusSeconds(60 + 301))).isFalse();
        assertThat(post.headers().toString() + post.body()).doesNotContain(SignatureTest.SECRET.substring(6));
    }

    @Test
    void tellsOnlyWhatIsWanted() {
        subscribe("urgent", Set.of("finding.opened"), "HIGH");
        subscribe("closed", Set.of("finding.closed"), "LOW");
        happens(1, "CRITICAL");
        happens(2, "HIGH");
        happens(3, "MEDIUM");
        happens(4, "");

        deliveries.run(ADMIN, START.plusSeconds(60));

        assertThat(receiver.posts)
                .allSatisfy(post -> assertThat(post.url().toString()).endsWith("/urgent"));
        assertThat(subjects()).containsExactlyInAnyOrder("finding-1", "finding-2", "finding-4");
    }

    @Test
    void doesNotTellOfWhatHappenedBeforeTheSubscription() {
        notices.write(ADMIN, List.of(notice(START.minusSeconds(1), 1, "HIGH")), START);
        subscribe("chat", Set.of(), "LOW");

        assertThat(deliveries.run(ADMIN, START.plusSeconds(60)).queued()).isZero();
    }

    @Test
    void tellsOfANoticeThatIsWrittenLate() {
        subscribe("chat", Set.of(), "LOW");
        happensAt(START.plus(Duration.ofHours(30)), 1);
        deliveries.run(ADMIN, START.plus(Duration.ofHours(31)));

        happensAt(START.plus(Duration.ofHours(29).plusMinutes(30)), 2);
        deliveries.run(ADMIN, START.plus(Duration.ofHours(31).plusMinutes(5)));
        assertThat(subjects()).as("within the hour").containsExactly("finding-1", "finding-2");

        happensAt(START.plus(Duration.ofHours(1)), 3);
        deliveries.run(ADMIN, START.plus(Duration.ofHours(31).plusMinutes(10)));
        assertThat(subjects()).as("looks far once an hour").hasSize(2);
        deliveries.run(ADMIN, START.plus(Duration.ofHours(32).plusMinutes(10)));
        assertThat(subjects()).containsExactly("finding-1", "finding-2", "finding-3");
    }

    @Test
    void triesAgainWithTheSameIdUntilItIsTaken() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> receiver.posts.size() < 4 ? BROKEN : OK;

        Instant now = START;
        for (int i = 0; i < 200; i++) {
            now = now.plusSeconds(60);
            deliveries.run(ADMIN, now);
        }

        assertThat(receiver.posts).hasSize(4);
        assertThat(receiver.posts)
                .extracting(post -> header(post, "webhook-id"))
                .containsOnly(receiver.posts.getFirst().headers().get("webhook-id"));
        assertThat(only("chat").state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(only("chat").attempts())
                .extracting(Delivery.Attempt::outcome)
                .containsExactly("HTTP 500", "HTTP 500", "HTTP 500", "HTTP 204");
    }

    @Test
    void givesUpAfterTenAttemptsWithinAboutADay() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> new Reply.Failed("there was no answer in time");

        Instant now = START;
        Instant last = START;
        for (int i = 0; i < 48 * 60; i++) {
            now = now.plusSeconds(60);
            last = deliveries.run(ADMIN, now).failed() > 0 ? now : last;
        }

        assertThat(receiver.posts).hasSize(DeliverySchedule.ATTEMPTS);
        assertThat(only("chat").state()).isEqualTo(Delivery.State.DEAD);
        assertThat(Duration.between(START, last))
                .isLessThan(DeliverySchedule.longest().plusMinutes(15));
        assertThat(DeliverySchedule.longest()).isBetween(Duration.ofHours(24), Duration.ofHours(26));
    }

    @Test
    void spreadsItsRepetitionsOverASpanThatDoubles() {
        DeliverySchedule schedule = new DeliverySchedule(new Random(7));
        for (int attempts = 1; attempts < DeliverySchedule.ATTEMPTS; attempts++) {
            List<Long> waits = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                waits.add(schedule.waitAfter(attempts).toMillis());
            }
            long span = DeliverySchedule.span(attempts).toMillis();
            assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(1000L, span + 1000));
            assertThat(waits).anySatisfy(wait -> assertThat(wait).isLessThan(span / 10));
            assertThat(waits).anySatisfy(wait -> assertThat(wait).isGreaterThan(span * 9 / 10));
            assertThat(span).isEqualTo(180_000L << (attempts - 1));
        }
    }

    @Test
    void takesARedirectForAFailure() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> new Reply.Status(302);

        assertThat(deliveries.run(ADMIN, START.plusSeconds(60)).failed()).isEqualTo(1);
        assertThat(only("chat").attempts().getFirst().outcome()).isEqualTo("HTTP 302: redirects are not followed");
    }

    @Test
    void pausesAWebhookWhoseReceiverIsGone() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        happens(2, "HIGH");
        receiver.answer = () -> new Reply.Status(410);

        deliveries.run(ADMIN, START.plusSeconds(60));
        deliveries.run(ADMIN, START.plusSeconds(3600));

        assertThat(receiver.posts).hasSize(1);
        assertThat(webhooks.find(ADMIN, "chat").orElseThrow().pausedBecause().orElseThrow())
                .contains("410");
    }

    @Test
    void pausesAWebhookThatKeepsFailingAndGoesOnWhenItIsResumed() {
        subscribe("chat", Set.of(), "LOW");
        for (int i = 0; i < 20; i++) {
            happens(i, "HIGH");
        }
        receiver.answer = () -> BROKEN;
        Instant now = START;
        while (webhooks.find(ADMIN, "chat").orElseThrow().state() == Webhook.State.ACTIVE) {
            now = now.plusSeconds(300);
            deliveries.run(ADMIN, now);
            assertThat(receiver.posts).hasSizeLessThanOrEqualTo(Deliveries.FAILURES);
        }
        assertThat(receiver.posts).hasSize(Deliveries.FAILURES);

        receiver.answer = () -> OK;
        happensAt(now.plusSeconds(1), 20);
        assertThat(deliveries.run(ADMIN, now.plusSeconds(600))).isEqualTo(new Deliveries.Report(0, 0, 0, 0));
        WebhooksTest.done(webhooks.resume(ADMIN, "chat", 2, now));
        deliveries.run(ADMIN, now.plus(Duration.ofDays(2)));

        assertThat(deliveries.list(ADMIN, "chat", "", 100))
                .hasSize(21)
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(Delivery.State.DELIVERED));
    }

    @Test
    void leavesAReceiverAloneForTheRunAfterThreeFailures() {
        subscribe("chat", Set.of(), "LOW");
        for (int i = 0; i < 10; i++) {
            happens(i, "HIGH");
        }
        receiver.answer = () -> BROKEN;

        assertThat(deliveries.run(ADMIN, START.plusSeconds(60)).failed()).isEqualTo(3);
    }

    @Test
    void sendsOnceWhenTwoRunsMeet() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> {
            if (receiver.posts.size() == 1) {
                deliveries.run(ADMIN, START.plusSeconds(61));
            }
            return OK;
        };

        deliveries.run(ADMIN, START.plusSeconds(60));

        assertThat(receiver.posts).hasSize(1);
        assertThat(deliveries.list(ADMIN, "chat", "", 10)).hasSize(1);
    }

    @Test
    void triesAgainAfterARunThatEndedInTheMiddle() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> {
            throw new IllegalStateException("the process ends");
        };
        assertThatThrownBy(() -> deliveries.run(ADMIN, START.plusSeconds(60))).hasMessage("the process ends");

        receiver.answer = () -> OK;
        deliveries.run(ADMIN, START.plusSeconds(120));
        assertThat(receiver.posts).as("may still be under way").hasSize(1);
        deliveries.run(ADMIN, START.plusSeconds(60 + 601));

        assertThat(receiver.posts).hasSize(2);
        assertThat(only("chat").state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void losesAndDoublesNothingWhereverARunIsBrokenOff() {
        for (int limit = 1; limit < 40; limit++) {
            InMemoryStore fresh = new InMemoryStore();
            Webhooks fleet = new Webhooks(fresh, TargetCheck.strict());
            WebhooksTest.done(fleet.subscribe(ADMIN, "chat", request("chat", Set.of(), "LOW"), START));
            for (int i = 0; i < 5; i++) {
                new NoticeLog(fresh).write(ADMIN, List.of(notice(START.plusSeconds(i), i, "HIGH")), START);
            }
            Receiver outside = new Receiver();
            Documents breaking = new BreakingDocuments(fresh, limit);
            try {
                new Deliveries(breaking, TargetCheck.strict(), outside, new Random(1))
                        .run(ADMIN, START.plusSeconds(60));
            } catch (IllegalStateException brokenOff) {
                assertThat(brokenOff).hasMessage("the process ends");
            }
            Deliveries again = new Deliveries(fresh, TargetCheck.strict(), outside, new Random(1));
            for (int minute = 2; minute < 30; minute++) {
                again.run(ADMIN, START.plusSeconds(60L * minute));
            }

            Map<String, Integer> times = new HashMap<>();
            outside.posts.forEach(post -> times.merge(header(post, "webhook-id"), 1, Integer::sum));
            assertThat(times).as("broken off at write " + limit).hasSize(5);
            assertThat(outside.posts).as("at most the one under way twice").hasSizeLessThanOrEqualTo(6);
            assertThat(again.list(ADMIN, "chat", "", 10))
                    .hasSize(5)
                    .allSatisfy(one -> assertThat(one.state()).isEqualTo(Delivery.State.DELIVERED));
        }
    }

    @Test
    void signsWithBothSecretsDuringAChange() {
        subscribe("chat", Set.of(), "LOW");
        WebhooksTest.done(webhooks.rotate(ADMIN, "chat", SignatureTest.OTHER, 1, START));
        happens(1, "HIGH");

        deliveries.run(ADMIN, START.plusSeconds(60));

        assertThat(isGenuine(receiver.posts.getFirst(), START.plusSeconds(60))).isTrue();
        assertThat(header(receiver.posts.getFirst(), "webhook-signature").split(" "))
                .hasSize(2);
    }

    @Test
    void storesNoSecretWithADeliveryAndShowsNoneToOthers() {
        subscribe("chat", Set.of(), "LOW");
        happens(1, "HIGH");
        receiver.answer = () -> BROKEN;
        deliveries.run(ADMIN, START.plusSeconds(60));

        for (Documents.Kind kind : List.of(Documents.Kind.DELIVERY, Documents.Kind.MARK, Documents.Kind.NOTICE)) {
            assertThat(store.documents(ADMIN, kind, "", 100))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.body().write()).doesNotContain("whsec", "webhook-signature"));
        }
        assertThat(deliveries.list(new Scope(Scope.MAIN, Optional.empty(), Role.READER, "ann"), "chat", "", 10))
                .isEmpty();
        assertThat(deliveries.list(Scope.operator("other"), "chat", "", 10)).isEmpty();
    }

    @Test
    void keepsTheDeliveriesOfWebhooksWithSimilarIdsApart() {
        subscribe("a", Set.of(), "LOW");
        subscribe("a-b", Set.of(), "LOW");
        subscribe("b", Set.of(), "LOW");
        happens(1, "HIGH");

        assertThat(deliveries.run(ADMIN, START.plusSeconds(60))).isEqualTo(new Deliveries.Report(3, 3, 0, 0));

        assertThat(only("a").webhook()).isEqualTo("a");
        assertThat(only("a-b").webhook()).isEqualTo("a-b");
    }

    /** Ends at the n-th write. */
    private record BreakingDocuments(Documents store, int[] left) implements Documents {
        BreakingDocuments(Documents store, int writes) {
            this(store, new int[] {writes});
        }

        @Override
        public Optional<Document> document(Scope scope, Kind kind, String id) {
            return store.document(scope, kind, id);
        }

        @Override
        public List<Document> documents(Scope scope, Kind kind, String afterId, int limit) {
            return store.documents(scope, kind, afterId, limit);
        }

        @Override
        public List<Document> revisions(Scope scope, Kind kind, String id) {
            return store.revisions(scope, kind, id);
        }

        @Override
        public boolean write(Scope scope, Write write) {
            if (--left[0] < 0) {
                throw new IllegalStateException("the process ends");
            }
            return store.write(scope, write);
        }
    }

    private Delivery only(String webhook) {
        List<Delivery> all = deliveries.list(ADMIN, webhook, "", 10);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<String> subjects() {
        return receiver.posts.stream()
                .map(post -> JsonReader.parse(post.body()).at("data").textAt("subject", ""))
                .toList();
    }

    private static String header(Post post, String name) {
        return post.headers().getOrDefault(name, "");
    }

    private static boolean isGenuine(Post post, Instant now) {
        return Signature.isGenuine(
                WebhookSecret.of(SignatureTest.SECRET),
                header(post, "webhook-id"),
                header(post, "webhook-timestamp"),
                header(post, "webhook-signature"),
                post.body().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                now);
    }

    private void subscribe(String id, Set<String> kinds, String band) {
        WebhooksTest.done(webhooks.subscribe(ADMIN, id, request(id, kinds, band), START));
    }

    private static WebhookRequest request(String id, Set<String> kinds, String band) {
        return new WebhookRequest("https://hooks.example.com/" + id, kinds, band, SignatureTest.SECRET);
    }

    private Notice happens(int number, String band) {
        Notice notice = notice(START.plusSeconds(number), number, band);
        notices.write(ADMIN, List.of(notice), START.plusSeconds(number));
        return notice;
    }

    private void happensAt(Instant at, int number) {
        notices.write(ADMIN, List.of(notice(at, number, "HIGH")), at);
    }

    private static Notice notice(Instant at, int number, String band) {
        Json details = Json.object()
                .with("control", "DAT-06")
                .with("band", Optional.of(band).filter(word -> !word.isEmpty()))
                .build();
        return Notice.of(NoticeKind.FINDING_OPENED, at, "finding-" + number, "occasion", details);
    }
}
