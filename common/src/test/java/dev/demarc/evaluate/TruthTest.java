package dev.demarc.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # left, right, all, any
            HOLDS,        HOLDS,        HOLDS,        HOLDS
            HOLDS,        FAILS,        FAILS,        HOLDS
            HOLDS,        UNDETERMINED, UNDETERMINED, HOLDS
            FAILS,        FAILS,        FAILS,        FAILS
            FAILS,        UNDETERMINED, FAILS,        UNDETERMINED
            UNDETERMINED, UNDETERMINED, UNDETERMINED, UNDETERMINED
            """)
    void combinesInThreeValuesWhateverTheOrder(Truth.Value left, Truth.Value right, Truth.Value all, Truth.Value any) {
        assertThat(Truth.all(List.of(truth(left), truth(right))).value()).isEqualTo(all);
        assertThat(Truth.all(List.of(truth(right), truth(left))).value()).isEqualTo(all);
        assertThat(Truth.any(List.of(truth(left), truth(right))).value()).isEqualTo(any);
        assertThat(Truth.any(List.of(truth(right), truth(left))).value()).isEqualTo(any);
    }

    @ParameterizedTest
    @CsvSource({"HOLDS, FAILS", "FAILS, HOLDS", "UNDETERMINED, UNDETERMINED"})
    void negatesWhatIsKnownOnly(Truth.Value value, Truth.Value expected) {
        assertThat(truth(value).negated().value()).isEqualTo(expected);
    }

    private static Truth truth(Truth.Value value) {
        return new Truth(value, List.of("setting"), "sentence");
    }
}
