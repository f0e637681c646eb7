package dev.demarc.record.dynamodb;

import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.ServiceType;
import dev.demarc.record.Projected;
import dev.demarc.record.RollupKey;
import java.util.Map;
import java.util.Optional;

/**
 * Counters as attributes of one item for each tenant, account and service type: {@code DAT-03N42x} counts the resources that fail DAT-03,
 * with sensitivity 4, criticality 2, exposed; {@code MCC-07Wshop} those of the workload shop. Short names, because an item of up to one kilobyte costs one unit to update.
 */
final class Counters {
    /** What one item counts. */
    record Subject(String tenant, AccountId account, ServiceType serviceType) {
        static Subject of(RollupKey key) {
            return new Subject(key.tenant(), key.accountId(), key.serviceType());
        }
    }

    private static final Map<String, Character> LETTERS = Map.of(
            Projected.COMPLIANT, 'C',
            Projected.FIXED, 'F',
            Projected.NON_COMPLIANT, 'N',
            Projected.UNKNOWN, 'U',
            Projected.NOT_APPLICABLE, 'A',
            Projected.UNCATALOGUED, 'X');
    static final int SLICE_LENGTH = 3;

    private static final String NO_SLICE = "---";
    private static final int CONTROL_LENGTH = 6;
    private static final char WORKLOAD = 'W';

    private Counters() {}

    static String attribute(RollupKey key) {
        if (key.workload().isPresent()) {
            return key.control().value() + WORKLOAD + key.workload().get();
        }
        Character letter = LETTERS.get(key.verdict());
        if (letter == null) {
            throw new IllegalArgumentException(
                    "'" + key.verdict() + "' is no word for a verdict; say one of " + LETTERS.keySet());
        }
        String slice = slice(key);
        return key.control().value() + letter + (slice.equals(NO_SLICE) ? "" : slice);
    }

    /** The labels and the exposure: {@code 42x}, a hyphen for each that is not there. */
    static String slice(RollupKey key) {
        return level(key.sensitivity()) + level(key.criticality()) + (key.exposed() ? "x" : "-");
    }

    /** The counter of an attribute; empty for an attribute that is none. */
    static Optional<RollupKey> counter(Subject subject, String attribute) {
        if (attribute.matches("(?s)[A-Z]{3}-\\d{2}W.+")) {
            return Optional.of(new RollupKey(
                    subject.tenant(),
                    subject.account().provider(),
                    subject.account().account(),
                    subject.serviceType(),
                    new ControlId(attribute.substring(0, CONTROL_LENGTH)),
                    RollupKey.inWorkload(attribute.substring(CONTROL_LENGTH + 1)),
                    Optional.empty(),
                    Optional.empty(),
                    false));
        }
        if (!attribute.matches("[A-Z]{3}-\\d{2}[A-Z]([-1-4][-1-4][-x])?")) {
            return Optional.empty();
        }
        String slice = attribute.length() > CONTROL_LENGTH + 1 ? attribute.substring(CONTROL_LENGTH + 1) : NO_SLICE;
        return word(attribute.charAt(CONTROL_LENGTH))
                .map(verdict -> new RollupKey(
                        subject.tenant(),
                        subject.account().provider(),
                        subject.account().account(),
                        subject.serviceType(),
                        new ControlId(attribute.substring(0, CONTROL_LENGTH)),
                        verdict,
                        level(slice.charAt(0)),
                        level(slice.charAt(1)),
                        slice.charAt(2) == 'x'));
    }

    private static Optional<String> word(char letter) {
        return LETTERS.entrySet().stream()
                .filter(entry -> entry.getValue() == letter)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String level(Optional<Labels.Level> level) {
        return level.map(one -> Integer.toString(one.weight())).orElse("-");
    }

    private static Optional<Labels.Level> level(char digit) {
        return digit == '-' ? Optional.empty() : Optional.of(Labels.Level.values()[digit - '1']);
    }
}
