package dev.demarc.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that a condition reads: settings, and inside a list's condition also the list's fields. */
public final class ConditionSettings {
    private ConditionSettings() {}

    public static Set<String> of(Condition condition) {
        Set<String> names = new LinkedHashSet<>();
        collect(condition, names);
        return names;
    }

    private static void collect(Condition condition, Set<String> names) {
        switch (condition) {
            case Condition.All(List<Condition> conditions) -> conditions.forEach(one -> collect(one, names));
            case Condition.Any(List<Condition> conditions) -> conditions.forEach(one -> collect(one, names));
            case Condition.Not(Condition one) -> collect(one, names);
            case Condition.Undecided ignored -> {}
            case Condition.Is one -> names.add(one.setting());
            case Condition.OneOf one -> names.add(one.setting());
            case Condition.NoneOf one -> names.add(one.setting());
            case Condition.AtLeast one -> names.add(one.setting());
            case Condition.AtMost one -> names.add(one.setting());
            case Condition.Present one -> names.add(one.setting());
            case Condition.Empty one -> names.add(one.setting());
            case Condition.StartsWith one -> names.add(one.setting());
            case Condition.EndsWith one -> names.add(one.setting());
            case Condition.Matches one -> names.add(one.setting());
            case Condition.Includes one -> names.add(one.setting());
            case Condition.Excludes one -> names.add(one.setting());
            case Condition.Each one -> {
                names.add(one.setting());
                collect(one.condition(), names);
            }
            case Condition.Policy one -> names.add(one.setting());
            case Condition.AclGrantsEveryone one -> names.add(one.setting());
            case Condition.OpensPort one -> names.add(one.setting());
        }
    }
}
