package dev.demarc.evaluate;

import dev.demarc.model.SettingValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A condition compiled to a function of settings. */
interface Check {
    Truth test(Scope scope);

    /** The settings of the resource, behind the fields of the list element that is being looked at, if any. */
    record Scope(Map<String, SettingValue> fields, Map<String, SettingValue> settings) {
        @Nullable
        SettingValue value(String name) {
            SettingValue field = fields.get(name);
            return field != null ? field : settings.get(name);
        }
    }
}
