package dev.demarc.proof;

import java.util.Locale;

/** The measured figures, on standard output: what {@code docs/reliability.md} is filled from. */
final class Report {
    private Report() {}

    static void line(String proof, String format, Object... values) {
        System.out.println("[proof] " + proof + ": " + String.format(Locale.ROOT, format, values));
    }
}
