package dev.demarc.catalogue;

import dev.demarc.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/** The closed set of conditions on settings. Every one is three-valued: it holds, it does not, or it cannot be told. */
public sealed interface Condition {

    record All(List<Condition> conditions) implements Condition {}

    record Any(List<Condition> conditions) implements Condition {}

    record Not(Condition condition) implements Condition {}

    /** Equal to a boolean, number or text; text is compared without case. */
    record Is(String setting, Json value) implements Condition {}

    record OneOf(String setting, List<Json> values) implements Condition {}

    record NoneOf(String setting, List<Json> values) implements Condition {}

    record AtLeast(String setting, double limit) implements Condition {}

    record AtMost(String setting, double limit) implements Condition {}

    record Present(String setting) implements Condition {}

    record Empty(String setting) implements Condition {}

    record StartsWith(String setting, List<String> prefixes) implements Condition {}

    record EndsWith(String setting, List<String> suffixes) implements Condition {}

    /** The whole text matches. */
    record Matches(String setting, Pattern pattern) implements Condition {}

    record Includes(String setting, String value) implements Condition {}

    record Excludes(String setting, List<String> values) implements Condition {}

    /** Over the elements of a list; the inner condition reads the element's fields first. */
    record Each(Quantifier quantifier, String setting, Condition condition) implements Condition {}

    enum Quantifier {
        EVERY,
        SOME,
        NONE
    }

    record Policy(String setting, PolicyQuestion question) implements Condition {}

    /** What can be asked of a policy document. */
    enum PolicyQuestion {
        REFUSES_PLAINTEXT("refuses-plaintext"),
        GRANTS_EVERYONE("grants-everyone"),
        GRANTS_ADMINISTRATOR("grants-administrator"),
        LIMITS_NETWORK("limits-network");

        private final String word;

        PolicyQuestion(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    record AclGrantsEveryone(String setting) implements Condition {}

    /** A permission of the list lets any source reach one of the ports over TCP. */
    record OpensPort(String setting, List<Integer> ports) implements Condition {}

    record Undecided(String reason) implements Condition {}
}
