package dev.demarc.catalogue;

import dev.demarc.model.ControlId;
import java.util.List;
import java.util.Map;

/**
 * An objective someone must meet, the same across service types. {@code weight} is 1 to 10; {@code frameworks} holds, by the id of a
 * framework with its version, the ids of that framework's controls.
 */
public record Control(
        ControlId id,
        String title,
        String question,
        String pattern,
        boolean core,
        int weight,
        Map<String, List<String>> frameworks) {

    /** Each framework control as {@code framework:id}, such as {@code nist-800-53-r5:AC-6}. */
    public List<String> frameworkControls() {
        return frameworks.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(control -> one.getKey() + ":" + control))
                .toList();
    }

    /** Whether a framework ({@code nist-800-53-r5}) or one of its controls ({@code nist-800-53-r5:AC-6}) is mapped to; without case. */
    public boolean isOf(String framework) {
        return frameworks.keySet().stream().anyMatch(framework::equalsIgnoreCase)
                || frameworkControls().stream().anyMatch(framework::equalsIgnoreCase);
    }
}
