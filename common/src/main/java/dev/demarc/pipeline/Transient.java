package dev.demarc.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * A failure of the world that may pass: throttling, a time-out, a server's error, an answer that is not up to date. Never the fault of the
 * message or of the resource. The message names the call and what it answered, never a configuration value.
 */
public class Transient extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether {@link Retry} may try again at once, or the client behind the call has already done so. */
    public enum Tries {
        LEFT,
        SPENT
    }

    private final Tries tries;
    private final long waitMillis;

    /** Tried again by {@link Retry}. */
    public Transient(String message) {
        this(message, Tries.LEFT, Optional.empty(), null);
    }

    /** Tried again by {@link Retry}, not before {@code wait} is over, when the server says how long. */
    public Transient(String message, Optional<Duration> wait) {
        this(message, Tries.LEFT, wait, null);
    }

    public Transient(String message, Tries tries, Throwable cause) {
        this(message, tries, Optional.empty(), cause);
    }

    private Transient(
            String message, Tries tries, Optional<Duration> wait, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.tries = tries;
        this.waitMillis = wait.map(Duration::toMillis).orElse(0L);
    }

    boolean hasTriesLeft() {
        return tries == Tries.LEFT;
    }

    /** How long the server asks to wait; zero when it does not say. */
    public Duration wanted() {
        return Duration.ofMillis(waitMillis);
    }
}
