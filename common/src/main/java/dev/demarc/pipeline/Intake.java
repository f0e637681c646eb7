package dev.demarc.pipeline;

import dev.demarc.event.ChangeEvent;
import dev.demarc.json.MalformedJson;
import dev.demarc.model.AccountId;
import dev.demarc.record.Quarantine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one way in for a provider's message: decode, handle every event in it, say what became of it. A message that cannot be understood
 * goes into the quarantine and counts as done, since no second delivery mends it. A failure of the world, the quarantine's included, is
 * thrown after the other events of the message were handled: the platform delivers the message again, a bounded number of times, and then
 * dead-letters it.
 */
public final class Intake {
    private final ChangePipeline pipeline;
    private final Quarantine quarantine;
    private final Optional<AccountId> account;
    private final String source;

    /** Reads the events of a message; pure. */
    @FunctionalInterface
    public interface Decoder {
        List<ChangeEvent> decode(byte[] content);
    }

    /** What became of a message that is done. */
    public sealed interface Receipt {
        /** Every event was handled; one that is older or asks for nothing is handled too. */
        record Accepted(List<Outcome> outcomes) implements Receipt {
            public Accepted {
                outcomes = List.copyOf(outcomes);
            }
        }

        /** The message, or a part of it, cannot be understood and is kept; the reason holds nothing of its content. */
        record Quarantined(String reason) implements Receipt {}
    }

    /** {@code account} is the function's own; {@code source} names the way in, for example {@code aws-config-queue}. */
    public Intake(ChangePipeline pipeline, Quarantine quarantine, Optional<AccountId> account, String source) {
        this.pipeline = pipeline;
        this.quarantine = quarantine;
        this.account = account;
        this.source = source;
    }

    /** Safe to repeat with the same message. {@code now} is the time of the delivery. */
    public Receipt receive(byte[] content, Decoder decoder, Instant now) {
        List<ChangeEvent> events;
        try {
            events = decoder.decode(content);
        } catch (MalformedJson e) {
            return quarantined(content, String.valueOf(e.getMessage()), now);
        } catch (RuntimeException e) {
            // Decoding is pure, so it fails the same way at every delivery. Its message may quote the content.
            return quarantined(content, "decoding failed: " + e.getClass().getSimpleName(), now);
        }
        return handle(content, events, now);
    }

    private Receipt handle(byte[] content, List<ChangeEvent> events, Instant now) {
        List<Outcome> outcomes = new ArrayList<>();
        RuntimeException failed = null;
        for (ChangeEvent event : events) {
            try {
                outcomes.add(pipeline.handle(event, now));
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Rejected(String because)) {
                return quarantined(content, because, now);
            }
        }
        return new Receipt.Accepted(outcomes);
    }

    private Receipt quarantined(byte[] content, String reason, Instant now) {
        quarantine.quarantine(account, source, content, reason, now);
        return new Receipt.Quarantined(reason);
    }
}
