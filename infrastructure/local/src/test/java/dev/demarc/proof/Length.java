package dev.demarc.proof;

import java.util.Random;

/**
 * How long the proofs run, and from which seed. {@code -Ddemarc.proof=long} (profile {@code proof}) is the full size; without it they are
 * short enough for every build. {@code -Ddemarc.proof.seed=N} runs another one.
 */
enum Length {
    SHORT,
    LONG;

    private static final long SEED = Long.getLong("demarc.proof.seed", 20_261_124L);

    static Length chosen() {
        return "long".equals(System.getProperty("demarc.proof")) ? LONG : SHORT;
    }

    static int of(int brief, int full) {
        return chosen() == LONG ? full : brief;
    }

    /** The random numbers of one proof; says the seed, so that a failure can be run again. */
    static Random random(String proof) {
        Report.line(proof, "seed %d, %s form", SEED, chosen());
        return new Random(SEED + proof.hashCode());
    }
}
