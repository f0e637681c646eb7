package dev.demarc.evaluate;

import java.util.ArrayList;
import java.util.List;

/** The three-valued outcome of a condition: whether it holds, the settings that show it, and the sentence that says so. */
record Truth(Value value, List<String> basis, String sentence) {

    enum Value {
        HOLDS,
        FAILS,
        UNDETERMINED
    }

    static Truth of(boolean holds, String setting, String sentence) {
        return new Truth(holds ? Value.HOLDS : Value.FAILS, List.of(setting), sentence);
    }

    static Truth undetermined(String why) {
        return new Truth(Value.UNDETERMINED, List.of(), why);
    }

    boolean holds() {
        return value == Value.HOLDS;
    }

    boolean fails() {
        return value == Value.FAILS;
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
        return combine(truths, Value.FAILS, Value.HOLDS, "; ");
    }

    /** Holds when one holds; else undetermined when one is; else fails on the basis of all. */
    static Truth any(List<Truth> truths) {
        return combine(truths, Value.HOLDS, Value.FAILS, ", or ");
    }

    private static Truth combine(List<Truth> truths, Value decisive, Value otherwise, String joint) {
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
            if (otherwise == Value.FAILS) {
                sentence.append(sentence.isEmpty() ? "" : joint).append(truth.sentence);
            }
        }
        return new Truth(otherwise, basis, sentence.toString());
    }
}
