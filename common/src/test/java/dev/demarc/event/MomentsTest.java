package dev.demarc.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"2026-01-31T10:00:00Z\", 2026-01-31T10:00:00Z",
                "\"2026-01-31T11:00:00.664000+01:00\", 2026-01-31T10:00:00.664Z",
                "1502510556.116, 2017-08-12T04:02:36.116Z",
                "1769853600, 2026-01-31T10:00:00Z",
                "1.7698536E9, 2026-01-31T10:00:00Z",
                "1e-999999999, 1970-01-01T00:00:00Z"
            })
    void readsTheTimesThatProvidersWrite(String json, Instant expected) {
        assertThat(Moments.of(JsonReader.parse(json))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"soon\"",
                "\"\"",
                "\"2026-01-31\"",
                "\"1969-01-31T10:00:00Z\"",
                "\"+12026-01-31T10:00:00Z\"",
                "-1",
                "1e999999999",
                "99999999999999",
                "null",
                "true",
                "{}",
                "[]"
            })
    void seesNoTimeInAnythingElse(String json) {
        assertThat(Moments.of(JsonReader.parse(json))).isEmpty();
    }
}
