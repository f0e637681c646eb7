package dev.demarc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.model.Labels.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            # weight, sensitivity, criticality, exposure, score, band
            10, CRITICAL, CRITICAL, 2, 100, CRITICAL
            10, CRITICAL, CRITICAL, 1,  50, CRITICAL
            9,  HIGH,     HIGH,     1,  25, HIGH
            7,  HIGH,     HIGH,     1,  20, MEDIUM
            8,  MEDIUM,   MEDIUM,   1,  10, MEDIUM
            7,  MEDIUM,   LOW,      1,   4, LOW
            1,  LOW,      LOW,      1,   0, LOW
            """)
    void multipliesItsFactorsAndShowsThem(
            int weight, Level sensitivity, Level criticality, int exposure, int score, Priority.Band band) {
        Priority priority = new Priority(weight, sensitivity, criticality, exposure);

        assertThat(priority.score()).isEqualTo(score);
        assertThat(priority.band()).isEqualTo(band);
        assertThat(priority.json().longAt("controlWeight", -1)).isEqualTo(weight);
        assertThat(priority.json().textAt("dataSensitivity", "")).isEqualTo(sensitivity.name());
    }

    @Test
    void refusesFactorsOutsideTheirScale() {
        assertThatThrownBy(() -> new Priority(11, Level.LOW, Level.LOW, 1)).hasMessageContaining("11");
        assertThatThrownBy(() -> new Priority(1, Level.LOW, Level.LOW, 3)).hasMessageContaining("3");
    }
}
