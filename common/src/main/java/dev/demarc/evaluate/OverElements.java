package dev.demarc.evaluate;

import dev.demarc.catalogue.Condition;
import dev.demarc.model.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A check over the elements of a list. The basis names each element's field that was read. */
final class OverElements implements Check {
    private final Condition.Quantifier quantifier;
    private final String name;
    private final Check check;

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

    private Truth over(List<Map<String, SettingValue>> elements, Scope scope) {
        List<Truth> truths = new ArrayList<>(elements.size() + 1);
        for (int i = 0; i < elements.size(); i++) {
            Map<String, SettingValue> element = elements.get(i);
            Truth truth = check.test(new Scope(element, scope.settings()));
            String at = name + "[" + i + "].";
            List<String> basis = truth.basis().stream()
                    .map(setting -> element.containsKey(setting) ? at + setting : setting)
                    .toList();
            truths.add(new Truth(truth.value(), basis, "an element of " + name + ": " + truth.sentence()));
        }
        List<String> list = List.of(name);
        String none = name + " has no such element";
        return switch (quantifier) {
            case EVERY -> {
                truths.add(new Truth(Truth.Value.HOLDS, list, ""));
                yield Truth.all(truths);
            }
            case SOME -> {
                truths.add(new Truth(Truth.Value.FAILS, list, ""));
                Truth some = Truth.any(truths);
                yield some.value() == Truth.Value.FAILS ? new Truth(Truth.Value.FAILS, some.basis(), none) : some;
            }
            case NONE -> {
                truths.add(new Truth(Truth.Value.FAILS, list, ""));
                yield Truth.any(truths).negated();
            }
        };
    }
}
