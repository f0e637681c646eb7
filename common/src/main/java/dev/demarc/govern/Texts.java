package dev.demarc.govern;

import dev.demarc.govern.Ruling.Reason;
import java.util.List;
import java.util.regex.Pattern;

/** What every text that a person writes into a decision has to meet. */
final class Texts {
    /** Characters; a decision with all its texts stays far below what a store keeps in one item. */
    static final int LONGEST = 2_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private Texts() {}

    static void require(List<Reason> mistakes, String what, String text, String next) {
        if (text.isBlank()) {
            mistakes.add(new Reason(what, "it is missing", next));
        }
        limit(mistakes, what, text);
    }

    static void limit(List<Reason> mistakes, String what, String text) {
        if (text.length() > LONGEST) {
            mistakes.add(new Reason(what, "it has " + text.length() + " characters", "shorten it to " + LONGEST));
        }
    }

    static void id(List<Reason> mistakes, String id) {
        if (!ID.matcher(id).matches()) {
            mistakes.add(new Reason(
                    "id",
                    "it is not an id",
                    "use letters, digits, '.', '_' and '-', at most 128, the first a letter or digit"));
        }
    }
}
