package dev.demarc.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A query parameter: its name, the form of its values, and whether it may stand more than once. */
record Parameter(String name, Form form, boolean repeats) {

    /** What values a parameter takes. */
    sealed interface Form {
        /** Says what is wrong with the value; empty when nothing is. */
        Optional<String> mistake(String value);

        /** One of some words, in exactly this spelling. */
        record Words(List<String> words) implements Form {
            public Words {
                words = List.copyOf(words);
            }

            @Override
            public Optional<String> mistake(String value) {
                return words.contains(value) ? Optional.empty() : Optional.of("is one of " + String.join(", ", words));
            }
        }

        record Whole(int least, int most) implements Form {
            private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,8}");

            @Override
            public Optional<String> mistake(String value) {
                boolean fits = DIGITS.matcher(value).matches()
                        && Integer.parseInt(value) >= least
                        && Integer.parseInt(value) <= most;
                return fits ? Optional.empty() : Optional.of("is a whole number from " + least + " to " + most);
            }
        }

        /** Text of 1 to {@code longest} characters that matches; {@code words} say what it is. */
        record Text(Pattern pattern, int longest, String words) implements Form {
            @Override
            public Optional<String> mistake(String value) {
                boolean fits = !value.isEmpty()
                        && value.codePointCount(0, value.length()) <= longest
                        && pattern.matcher(value).matches();
                return fits ? Optional.empty() : Optional.of("is " + words);
            }
        }

        /** A time with its offset, RFC 3339. */
        record Time() implements Form {
            @Override
            public Optional<String> mistake(String value) {
                return Times.instant(value).isPresent()
                        ? Optional.empty()
                        : Optional.of("is a time like 2026-01-31T10:00:00Z");
            }
        }

        record Day() implements Form {
            @Override
            public Optional<String> mistake(String value) {
                return Times.day(value).isPresent() ? Optional.empty() : Optional.of("is a day like 2026-01-31");
            }
        }
    }

    /** Times as requests write them. */
    static final class Times {
        // Java reads more than RFC 3339 has: short offsets, years of more digits.
        private static final Pattern RFC3339 =
                Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

        private Times() {}

        static Optional<Instant> instant(String value) {
            if (!RFC3339.matcher(value).matches()) {
                return Optional.empty();
            }
            try {
                return Optional.of(OffsetDateTime.parse(value).toInstant());
            } catch (DateTimeException notATime) {
                return Optional.empty();
            }
        }

        static Optional<LocalDate> day(String value) {
            if (value.length() != 10) {
                return Optional.empty();
            }
            try {
                return Optional.of(LocalDate.parse(value));
            } catch (DateTimeException notADay) {
                return Optional.empty();
            }
        }
    }

    private static final int LONGEST = 1024;
    private static final Pattern ANY = Pattern.compile("(?s).+");

    static Parameter text(String name) {
        return new Parameter(name, new Form.Text(ANY, LONGEST, "text of 1 to " + LONGEST + " characters"), true);
    }

    /** Text of a form; {@code words} say it to people: "a region such as eu-west-1". */
    static Parameter text(String name, String pattern, String words) {
        return new Parameter(name, new Form.Text(Pattern.compile(pattern), LONGEST, words), true);
    }

    static Parameter words(String name, String... words) {
        return new Parameter(name, new Form.Words(List.of(words)), true);
    }

    static <E extends Enum<E>> Parameter names(String name, Class<E> type) {
        return new Parameter(
                name,
                new Form.Words(
                        Stream.of(type.getEnumConstants()).map(Enum::name).toList()),
                true);
    }

    static Parameter whole(String name, int least, int most) {
        return new Parameter(name, new Form.Whole(least, most), false);
    }

    static Parameter time(String name) {
        return new Parameter(name, new Form.Time(), false);
    }

    static Parameter day(String name) {
        return new Parameter(name, new Form.Day(), false);
    }

    /** At most once. */
    Parameter once() {
        return new Parameter(name, form, false);
    }
}
