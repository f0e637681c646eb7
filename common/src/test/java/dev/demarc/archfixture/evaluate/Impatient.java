package dev.demarc.archfixture.evaluate;

import java.time.Instant;

public final class Impatient {
    boolean isOver(Instant end) {
        return end.isBefore(Instant.now());
    }
}
