package dev.demarc.evaluate;

import dev.demarc.json.Json;
import dev.demarc.model.SettingValue;
import java.util.List;
import java.util.Map;

/** A question about one setting, with its two answers made once. */
abstract class Leaf implements Check {
    private record Seen(SettingValue.Unknown unknown, Truth truth) {}

    private final String name;
    private final Truth holds;
    private final Truth fails;
    private final Truth open;
    private final Truth notRead;
    private volatile Seen lastUnknown;

    Leaf(String name, String sentence) {
        this.name = name;
        this.holds = new Truth(Truth.Value.HOLDS, List.of(name), name + " " + sentence);
        this.fails = new Truth(Truth.Value.FAILS, List.of(name), name + " " + sentence);
        this.open = Truth.undetermined(name + " has a part that was not understood");
        this.notRead = Truth.undetermined(name + " was not read");
        this.lastUnknown = new Seen(new SettingValue.Unknown(""), notRead);
    }

    /** The answer for a value that is there. */
    Truth.Value ofValue(Json value) {
        return Truth.Value.UNDETERMINED;
    }

    /** The answer for a list. */
    Truth.Value ofElements(List<Map<String, SettingValue>> elements) {
        return Truth.Value.UNDETERMINED;
    }

    static Truth.Value when(boolean holds) {
        return holds ? Truth.Value.HOLDS : Truth.Value.FAILS;
    }

    @Override
    public final Truth test(Scope scope) {
        SettingValue value = scope.value(name);
        if (value instanceof SettingValue.Known known) {
            return answer(ofValue(known.value()));
        }
        if (value instanceof SettingValue.Elements elements) {
            return answer(ofElements(elements.elements()));
        }
        return value instanceof SettingValue.Unknown unknown ? undetermined(unknown) : notRead;
    }

    private Truth answer(Truth.Value value) {
        return switch (value) {
            case HOLDS -> holds;
            case FAILS -> fails;
            case UNDETERMINED -> open;
        };
    }

    private Truth undetermined(SettingValue.Unknown unknown) {
        Seen seen = lastUnknown;
        if (!seen.unknown.equals(unknown)) {
            seen = new Seen(unknown, Truth.undetermined(unknown.why()));
            lastUnknown = seen;
        }
        return seen.truth;
    }
}
