package dev.demarc.notify;

import dev.demarc.notify.WebhookSender.Reply;
import dev.demarc.record.Documents;
import dev.demarc.record.Documents.Document;
import dev.demarc.record.Documents.Kind;
import dev.demarc.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells webhooks of notices, each at least once: a receiver may get a message again when a run ends between the answer and its record, and
 * knows it by its id. Runs may overlap. To be called every minute or so.
 */
public final class Deliveries {
    /** A webhook whose last attempts all failed, this many, is paused until somebody resumes it. */
    public static final int FAILURES = 30;

    /** How long another run leaves an attempt alone that has begun; longer than an attempt can take. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration BUDGET = Duration.ofMinutes(4);
    private static final int PAGE = 100;
    private static final int FAILURES_OF_A_RUN = 3;

    private final Documents documents;
    private final Webhooks webhooks;
    private final WebhookSender sender;
    private final DeliveryQueue queue;
    private final DeliverySchedule schedule;

    public Deliveries(Documents documents, TargetCheck targets, WebhookSender sender, RandomGenerator random) {
        this.documents = documents;
        this.webhooks = new Webhooks(documents, targets);
        this.sender = sender;
        this.queue = new DeliveryQueue(documents);
        this.schedule = new DeliverySchedule(random);
    }

    /** What a run did: new deliveries, and how its attempts ended. */
    public record Report(int queued, int delivered, int failed, int dead) {
        Report plus(Report other) {
            return new Report(
                    queued + other.queued, delivered + other.delivered, failed + other.failed, dead + other.dead);
        }
    }

    /** All of it at one moment. */
    public Report run(Scope scope, Instant now) {
        return run(scope, InstantSource.fixed(now));
    }

    /** Queues what is new and tries what is due, for some minutes at most; {@code scope} is an administrator's of the whole tenant. */
    public Report run(Scope scope, InstantSource clock) {
        Instant end = clock.instant().plus(BUDGET);
        Report report = new Report(0, 0, 0, 0);
        for (Webhook webhook : webhooks.list(scope)) {
            if (webhook.state() == Webhook.State.ACTIVE) {
                int queued = queue.fill(scope, webhook, clock.instant());
                report = report.plus(new Report(queued, 0, 0, 0)).plus(tryDue(scope, webhook, clock, end));
            }
        }
        return report;
    }

    /** The deliveries of a webhook in the order of their notices, after the notice {@code afterNotice} (empty for the start). */
    public List<Delivery> list(Scope scope, String webhook, String afterNotice, int limit) {
        if (!Webhooks.mayDecide(scope)) {
            return List.of();
        }
        return documents.documents(scope, Kind.DELIVERY, Delivery.id(webhook, afterNotice), limit).stream()
                .filter(document -> document.id().startsWith(Delivery.id(webhook, "")))
                .map(Delivery::read)
                .toList();
    }

    private Report tryDue(Scope scope, Webhook webhook, InstantSource clock, Instant end) {
        Report report = new Report(0, 0, 0, 0);
        Optional<Instant> firstOpen = Optional.empty();
        String position =
                Notice.place(DeliveryMark.read(documents, scope, webhook).settled());
        Instant last = Instant.EPOCH;
        while (true) {
            List<Delivery> page = list(scope, webhook.id(), position, PAGE);
            if (page.isEmpty()) {
                break;
            }
            for (Delivery delivery : page) {
                Instant at = delivery.noticeAt();
                Delivery after = delivery;
                if (delivery.isDueAt(clock.instant()) && report.failed() < FAILURES_OF_A_RUN) {
                    if (!clock.instant().isBefore(end)) {
                        return report;
                    }
                    Attempted attempted = attempt(scope, webhook, delivery, clock);
                    report = report.plus(attempted.report());
                    after = attempted.delivery();
                    if (attempted.isPaused()) {
                        return report;
                    }
                }
                if (after.state() == Delivery.State.OPEN && firstOpen.isEmpty()) {
                    firstOpen = Optional.of(at);
                }
                last = at;
            }
            position = page.getLast().notice();
        }
        Instant settled = firstOpen.orElse(last);
        DeliveryMark.change(
                documents,
                scope,
                webhook,
                clock.instant(),
                mark -> settled.isAfter(mark.settled()) ? mark.settledBefore(settled) : mark);
        return report;
    }

    private record Attempted(Delivery delivery, Report report, boolean isPaused) {}

    private Attempted attempt(Scope scope, Webhook webhook, Delivery delivery, InstantSource clock) {
        Report nothing = new Report(0, 0, 0, 0);
        Instant now = clock.instant();
        Delivery claimed = delivery.claimed(now, now.plus(LEASE));
        if (!queue.write(scope, claimed, now)) {
            return new Attempted(delivery, nothing, false);
        }
        claimed = claimed.atRevision(delivery.revision() + 1);
        Optional<Notice> notice = documents
                .document(scope, Kind.NOTICE, delivery.notice())
                .map(Document::body)
                .map(Notice::read);
        if (notice.isEmpty()) {
            Delivery dead = claimed.ended("the notice is no longer kept", Delivery.State.DEAD, now);
            queue.write(scope, dead, now);
            return new Attempted(dead, new Report(0, 0, 0, 1), false);
        }
        WebhookMessage message = WebhookMessage.of(webhook, notice.get());
        Reply reply = sender.post(webhook.url(), message.headers(webhook, now), message.body());
        return record(scope, webhook, claimed, reply, clock.instant());
    }

    private Attempted record(Scope scope, Webhook webhook, Delivery claimed, Reply reply, Instant now) {
        String outcome = outcome(reply);
        if (reply instanceof Reply.Status(int code) && code >= 200 && code < 300) {
            Delivery done = claimed.ended(outcome, Delivery.State.DELIVERED, now);
            queue.write(scope, done, now);
            DeliveryMark.change(documents, scope, webhook, now, DeliveryMark::worked);
            return new Attempted(done, new Report(0, 1, 0, 0), false);
        }
        boolean isLast = claimed.attempts().size() >= DeliverySchedule.ATTEMPTS;
        Delivery failed = isLast
                ? claimed.ended(outcome, Delivery.State.DEAD, now)
                : claimed.ended(
                        outcome,
                        Delivery.State.OPEN,
                        now.plus(schedule.waitAfter(claimed.attempts().size())));
        queue.write(scope, failed, now);
        DeliveryMark.change(documents, scope, webhook, now, DeliveryMark::failed);
        Report report = new Report(0, 0, 1, isLast ? 1 : 0);
        return new Attempted(failed, report, isPausedAfter(scope, webhook, reply, now));
    }

    private boolean isPausedAfter(Scope scope, Webhook webhook, Reply reply, Instant now) {
        long failures = DeliveryMark.read(documents, scope, webhook).failures();
        Optional<String> because = reply instanceof Reply.Status(int code) && code == 410
                ? Optional.of("the receiver answered that it is gone (410)")
                : failures >= FAILURES ? Optional.of("the last " + failures + " attempts failed") : Optional.empty();
        because.ifPresent(words -> {
            webhooks.pause(scope, webhook.id(), words, webhook.revision(), now);
            // Whoever resumes it begins with a clean slate.
            DeliveryMark.change(documents, scope, webhook, now, DeliveryMark::worked);
        });
        return because.isPresent();
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Reply.Status(int code)
            when code >= 300 && code < 400 -> "HTTP " + code + ": redirects are not followed";
            case Reply.Status(int code) -> "HTTP " + code;
            case Reply.Failed(String because) -> because;
        };
    }
}
