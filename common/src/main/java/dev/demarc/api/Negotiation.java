package dev.demarc.api;

import java.util.Locale;
import java.util.Set;

/** Whether a caller takes what an operation answers. */
final class Negotiation {
    private Negotiation() {}

    /** Refuses a request whose {@code Accept} leaves none of the content types. */
    static void check(ApiRequest request, Set<String> answers) {
        String accept = request.header("accept").orElse("");
        if (accept.isBlank() || answers.stream().anyMatch(type -> takes(accept, type))) {
            return;
        }
        throw Refusal.of(Problem.Kind.NOT_ACCEPTABLE, "this operation answers " + String.join(" or ", answers));
    }

    private static boolean takes(String accept, String type) {
        String bare = type.replaceAll(";.*", "");
        String family = bare.substring(0, bare.indexOf('/') + 1) + "*";
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.split(";");
            String wanted = parts.length == 0 ? "" : parts[0].strip();
            boolean refused = range.replace(" ", "").matches(".*;q=0(\\.0*)?(;.*)?");
            if (!refused && (wanted.equals("*/*") || wanted.equals(family) || wanted.equals(bare))) {
                return true;
            }
        }
        return false;
    }
}
