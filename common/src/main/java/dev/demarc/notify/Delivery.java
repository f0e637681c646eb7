package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.record.Documents.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One notice for one webhook, with what became of each attempt. Holds neither the message nor anything of an answer but its status. */
public record Delivery(
        String webhook,
        String notice,
        String kind,
        State state,
        List<Attempt> attempts,
        Instant nextAt,
        long revision) {
    private static final String UNDER_WAY = "under way";

    public enum State {
        /** To be tried at {@code nextAt}. */
        OPEN,
        DELIVERED,
        /** Given up. */
        DEAD
    }

    public record Attempt(Instant at, String outcome) {}

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    static Delivery of(Webhook webhook, Notice notice, Instant now) {
        return new Delivery(webhook.id(), notice.id(), notice.kind(), State.OPEN, List.of(), now, 0);
    }

    String id() {
        return id(webhook, notice);
    }

    /** A webhook's deliveries are together, in the order of their notices. */
    static String id(String webhook, String notice) {
        return webhook + "|" + notice;
    }

    boolean isDueAt(Instant now) {
        return state == State.OPEN && !nextAt.isAfter(now);
    }

    /** Tried now; whoever finds it so leaves it alone until {@code until}. */
    Delivery claimed(Instant now, Instant until) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(new Attempt(now, UNDER_WAY));
        return new Delivery(webhook, notice, kind, State.OPEN, more, until, revision);
    }

    /** How the attempt ended that was claimed last. */
    Delivery ended(String outcome, State next, Instant nextTry) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.set(more.size() - 1, new Attempt(more.getLast().at(), outcome));
        return new Delivery(webhook, notice, kind, next, more, nextTry, revision);
    }

    /** When it happened: the id of a notice begins with its time. */
    Instant noticeAt() {
        return Instant.parse(notice.substring(0, notice.indexOf('#')));
    }

    Delivery atRevision(long other) {
        return new Delivery(webhook, notice, kind, state, attempts, nextAt, other);
    }

    public Json json() {
        return Json.object()
                .with("webhook", webhook)
                .with("notice", notice)
                .with("kind", kind)
                .with("state", state.name())
                .with("nextAt", nextAt.toString())
                .with(
                        "attempts",
                        Json.array(attempts.stream()
                                .map(attempt -> Json.object()
                                        .with("at", attempt.at().toString())
                                        .with("outcome", attempt.outcome())
                                        .build())
                                .toList()))
                .build();
    }

    static Delivery read(Document document) {
        Json body = document.body();
        return new Delivery(
                body.textAt("webhook", ""),
                body.textAt("notice", ""),
                body.textAt("kind", ""),
                State.valueOf(body.textAt("state", "")),
                body.at("attempts").elements().stream()
                        .map(one -> new Attempt(Instant.parse(one.textAt("at", "")), one.textAt("outcome", "")))
                        .toList(),
                Instant.parse(body.textAt("nextAt", "")),
                document.revision());
    }
}
