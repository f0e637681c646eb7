package dev.demarc.event;

import dev.demarc.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
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
            Instant at = Instant.parse(text);
            boolean usable = at.getEpochSecond() >= 0 && at.getEpochSecond() <= LATEST;
            return usable ? Optional.of(at) : Optional.empty();
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
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
