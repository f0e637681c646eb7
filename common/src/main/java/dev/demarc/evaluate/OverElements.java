package dev.demarc.evaluate;

import dev.demarc.catalogue.Condition;
import dev.demarc.model.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A check over the elements of a list. The basis names each element's field that was read. */
final class OverElements implements Check {
    private record Seen(Truth[] parts, Truth whole) {}

    private final Condition.Quantifier quantifier;
    private final String name;
    private final Check check;
    // Never equal to anything before the first answer: a list of no elements is made as well.
    private volatile Seen last = new Seen(new Truth[1], Truth.undetermined(""));

    OverElements(Condition.Quantifier quantifier, String name, Check check) {
        this.quantifier = quantifier;
        this.name = name;
        this.check = check;
    }

    @Override
    public Truth test(Scope scope) {
        return switch (scope.value(name)) {
            case SettingValue.Elements(List<Map<String, SettingValue>> elements, boolean byAbsence) ->
                over(elements, scope);
            case SettingValue.Known ignored -> Truth.undetermined(name + " is no list");
            case SettingValue.Unknown(String why) -> Truth.undetermined(why);
            case null -> Truth.undetermined(name + " was not read");
        };
    }

    /** Ends at the first element that decides; only when none does is anything said of all of them. */
    private Truth over(List<Map<String, SettingValue>> elements, Scope scope) {
        Truth.Value decisive = quantifier == Condition.Quantifier.EVERY ? Truth.Value.FAILS : Truth.Value.HOLDS;
        Truth[] truths = new Truth[elements.size()];
        int undetermined = -1;
        for (int i = 0; i < truths.length; i++) {
            Map<String, SettingValue> element = elements.get(i);
            Truth truth = check.test(new Scope(element, scope.settings()));
            if (truth.value() == decisive) {
                Truth located = located(truth, element, i);
                return quantifier == Condition.Quantifier.NONE ? located.negated() : located;
            }
            if (truth.value() == Truth.Value.UNDETERMINED && undetermined < 0) {
                undetermined = i;
            }
            truths[i] = truth;
        }
        if (undetermined >= 0) {
            return located(truths[undetermined], elements.get(undetermined), undetermined);
        }
        return ofAll(truths, elements);
    }

    /** Elements of one list have the same fields, so that the answers alone tell whether the whole is the one of the last time. */
    private Truth ofAll(Truth[] truths, List<Map<String, SettingValue>> elements) {
        Seen seen = last;
        boolean same = seen.parts.length == truths.length;
        for (int i = 0; same && i < truths.length; i++) {
            same = truths[i] == seen.parts[i];
        }
        if (same) {
            return seen.whole;
        }
        List<Truth> all = new ArrayList<>(truths.length + 1);
        for (int i = 0; i < truths.length; i++) {
            all.add(located(truths[i], elements.get(i), i));
        }
        List<String> list = List.of(name);
        Truth whole = switch (quantifier) {
            case EVERY -> {
                all.add(new Truth(Truth.Value.HOLDS, list, ""));
                yield Truth.all(all);
            }
            case SOME -> {
                all.add(new Truth(Truth.Value.FAILS, list, ""));
                yield new Truth(Truth.Value.FAILS, Truth.any(all).basis(), name + " has no such element");
            }
            case NONE -> {
                all.add(new Truth(Truth.Value.FAILS, list, ""));
                yield Truth.any(all).negated();
            }
        };
        last = new Seen(truths, whole);
        return whole;
    }

    /** The answer of one element, which names the element and its fields. */
    private Truth located(Truth truth, Map<String, SettingValue> element, int index) {
        String at = name + "[" + index + "].";
        List<String> basis = new ArrayList<>(truth.basis().size());
        for (String setting : truth.basis()) {
            basis.add(element.containsKey(setting) ? at + setting : setting);
        }
        return new Truth(truth.value(), List.copyOf(basis), "an element of " + name + ": " + truth.sentence());
    }
}
