package dev.demarc.model;

import java.util.regex.Pattern;

/** The id of a control, such as {@code DAT-03}. */
public record ControlId(String value) implements Comparable<ControlId> {
    private static final Pattern FORM = Pattern.compile("[A-Z]{3}-\\d{2}");

    public ControlId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is not a control id; expected a form like DAT-03");
        }
    }

    @Override
    public int compareTo(ControlId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
