package dev.demarc.evaluate;

import dev.demarc.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three-valued outcome of a condition: whether it holds, the settings that show it, and the sentence that says so. Outcomes recur from
 * resource to resource, so they are made once and compared by identity; each makes its verdict once.
 */
final class Truth {
    enum Value {
        HOLDS,
        FAILS,
        UNDETERMINED
    }

    // A reason is stored with each finding, and an item of up to a kilobyte costs one unit to write.
    private static final int LONGEST = 200;

    private final Value value;
    private final List<String> basis;
    private final String sentence;
    // Made on first use; two threads may both make it, and both are equal.
    private @Nullable Verdict verdict;

    Truth(Value value, List<String> basis, String sentence) {
        this.value = value;
        this.basis = basis;
        this.sentence = sentence;
    }

    static Truth undetermined(String why) {
        return new Truth(Value.UNDETERMINED, List.of(), why);
    }

    Value value() {
        return value;
    }

    List<String> basis() {
        return basis;
    }

    String sentence() {
        return sentence;
    }

    boolean holds() {
        return value == Value.HOLDS;
    }

    Verdict verdict() {
        Verdict known = verdict;
        if (known == null) {
            known = switch (value) {
                case HOLDS ->
                    basis.isEmpty()
                            ? new Verdict.Unknown("nothing was read that shows it")
                            : new Verdict.Compliant(basis);
                case FAILS -> new Verdict.NonCompliant(reason());
                case UNDETERMINED -> new Verdict.Unknown(reason());
            };
            verdict = known;
        }
        return known;
    }

    private String reason() {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 3) + "...";
    }

    Truth negated() {
        return switch (value) {
            case HOLDS -> new Truth(Value.FAILS, basis, "must not hold: " + sentence);
            case FAILS -> new Truth(Value.HOLDS, basis, "must not hold: " + sentence);
            case UNDETERMINED -> this;
        };
    }

    /** Fails when one fails; else undetermined when one is; else holds on the basis of all. */
    static Truth all(List<Truth> truths) {
        return combine(truths, Value.FAILS, Value.HOLDS);
    }

    /** Holds when one holds; else undetermined when one is; else fails on the basis of all. */
    static Truth any(List<Truth> truths) {
        return combine(truths, Value.HOLDS, Value.FAILS);
    }

    private static Truth combine(List<Truth> truths, Value decisive, Value otherwise) {
        Truth undetermined = null;
        for (Truth truth : truths) {
            if (truth.value == decisive) {
                return truth;
            }
            if (truth.value == Value.UNDETERMINED && undetermined == null) {
                undetermined = truth;
            }
        }
        if (undetermined != null) {
            return undetermined;
        }
        List<String> basis = new ArrayList<>();
        StringBuilder sentence = new StringBuilder();
        for (Truth truth : truths) {
            for (String setting : truth.basis) {
                if (!basis.contains(setting)) {
                    basis.add(setting);
                }
            }
            if (otherwise == Value.FAILS && !truth.sentence.isEmpty()) {
                sentence.append(sentence.isEmpty() ? "" : ", or ").append(truth.sentence);
            }
        }
        return new Truth(otherwise, List.copyOf(basis), sentence.toString());
    }
}
