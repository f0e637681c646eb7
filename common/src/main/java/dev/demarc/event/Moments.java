package dev.demarc.event;

import dev.demarc.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the times that providers write: ISO 8601 with any offset, or seconds since 1970 with a fraction. */
final class Moments {
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private Moments() {}

    /** The time that a value holds; empty for anything that is no time between 1970 and 9999. */
    static Optional<Instant> of(Json value) {
        return switch (value) {
            case Json.JsonText(String text) -> ofText(text);
            case Json.JsonNumber(String digits) -> ofSeconds(digits);
            case Json.JsonObject ignored -> Optional.empty();
            case Json.JsonArray ignored -> Optional.empty();
            case Json.JsonBoolean ignored -> Optional.empty();
            case Json.JsonNull ignored -> Optional.empty();
        };
    }

    private static Optional<Instant> ofText(String text) {
        try {
            Instant at = isPlain(text) ? plain(text) : Instant.parse(text);
            boolean usable = at.getEpochSecond() >= 0 && at.getEpochSecond() <= LATEST;
            return usable ? Optional.of(at) : Optional.empty();
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /** {@code 2026-01-31T10:00:00.123Z}, as nearly every item has it: read by position, since the general parser costs as much as a small document. */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length < 20
                || length > 30
                || text.charAt(length - 1) != 'Z'
                || (length > 20 && text.charAt(19) != '.')
                || length == 21) {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = text.charAt(i);
            char wanted = i < 20 ? "0000-00-00T00:00:00.".charAt(i) : '0';
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static Instant plain(String text) {
        int nanos = 0;
        for (int i = 20; i < 29; i++) {
            nanos = nanos * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
        }
        try {
            return LocalDateTime.of(
                            digits(text, 0, 4),
                            digits(text, 5, 7),
                            digits(text, 8, 10),
                            digits(text, 11, 13),
                            digits(text, 14, 16),
                            digits(text, 17, 19),
                            nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // A day or hour that does not exist: the general parser knows the exceptions, such as hour 24.
            return Instant.parse(text);
        }
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static Optional<Instant> ofSeconds(String digits) {
        double roughly = Double.parseDouble(digits);
        if (!(roughly >= 0 && roughly <= LATEST)) {
            return Optional.empty();
        }
        if (digits.length() > 30 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            return Optional.of(Instant.ofEpochMilli(Math.round(roughly * 1000)));
        }
        BigDecimal seconds = new BigDecimal(digits);
        BigInteger whole = seconds.toBigInteger();
        int nanos = seconds.subtract(new BigDecimal(whole)).movePointRight(9).intValue();
        return Optional.of(Instant.ofEpochSecond(whole.longValue(), nanos));
    }
}
