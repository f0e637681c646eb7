package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.Labels;

/**
 * How urgent a finding is, 0 to 100: control weight (1-10) × data sensitivity (1-4) × business criticality (1-4) × exposure (1, or 2 when
 * the resource is open to everyone or to every network), as a share of the greatest product, 320.
 */
public record Priority(int weight, Labels.Level sensitivity, Labels.Level criticality, int exposure) {
    private static final int GREATEST = 10 * 4 * 4 * 2;

    public Priority {
        if (weight < 1 || weight > 10 || exposure < 1 || exposure > 2) {
            throw new IllegalArgumentException(
                    "weight is 1 to 10 and exposure 1 or 2; got " + weight + " and " + exposure);
        }
    }

    public int score() {
        return Math.round(100f * weight * sensitivity.weight() * criticality.weight() * exposure / GREATEST);
    }

    public Band band() {
        int score = score();
        return score >= 50 ? Band.CRITICAL : score >= 25 ? Band.HIGH : score >= 10 ? Band.MEDIUM : Band.LOW;
    }

    /** The bands of the score: from 50, from 25, from 10, and below. */
    public enum Band {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }

    /** The score with its factors, as the API shows it. */
    public Json json() {
        return Json.object()
                .with("score", score())
                .with("band", band().name())
                .with("controlWeight", weight)
                .with("dataSensitivity", sensitivity.name())
                .with("businessCriticality", criticality.name())
                .with("exposure", exposure)
                .with("formula", "weight × sensitivity × criticality × exposure, of 320")
                .build();
    }
}
