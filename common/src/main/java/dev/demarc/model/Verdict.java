package dev.demarc.model;

import java.util.List;

/** The answer to "implemented?" for one control on one resource. Unknown is never a pass. */
public sealed interface Verdict {

    /** The check holds; {@code basis} names the settings whose read values show it. */
    record Compliant(List<String> basis) implements Verdict {
        public Compliant {
            basis = List.copyOf(basis);
        }
    }

    record NonCompliant(String reason) implements Verdict {}

    record NotApplicable(String because) implements Verdict {}

    record Unknown(String missing) implements Verdict {}

    /** The word for keys and answers. */
    default String word() {
        return switch (this) {
            case Compliant ignored -> "COMPLIANT";
            case NonCompliant ignored -> "NON_COMPLIANT";
            case NotApplicable ignored -> "NOT_APPLICABLE";
            case Unknown ignored -> "UNKNOWN";
        };
    }

    /** Why, in one sentence without configuration values. */
    default String reason() {
        return switch (this) {
            case Compliant(List<String> basis) -> basis.isEmpty() ? "" : "read: " + String.join(", ", settings(basis));
            case NonCompliant(String reason) -> reason;
            case NotApplicable(String because) -> because;
            case Unknown(String missing) -> missing;
        };
    }

    /** The settings alone: that every element of a list was read is said once. */
    private static List<String> settings(List<String> basis) {
        return basis.stream()
                .map(name -> name.indexOf('[') < 0 ? name : name.substring(0, name.indexOf('[')))
                .distinct()
                .toList();
    }

    static Verdict of(String word, String reason) {
        return switch (word) {
            case "COMPLIANT" ->
                new Compliant(
                        reason.startsWith("read: ")
                                ? List.of(reason.substring(6).split(", "))
                                : List.of());
            case "NON_COMPLIANT" -> new NonCompliant(reason);
            case "NOT_APPLICABLE" -> new NotApplicable(reason);
            case "UNKNOWN" -> new Unknown(reason);
            default -> throw new IllegalArgumentException("unknown verdict '" + word + "'");
        };
    }
}
