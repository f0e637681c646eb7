package dev.demarc.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters of one request, of which only the named ones are allowed. */
final class Parameters {
    private final Map<String, List<String>> query;

    Parameters(Map<String, List<String>> query, Set<String> allowed) {
        this.query = query;
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            if (!allowed.contains(parameter.getKey())) {
                throw new BadParameter("unknown parameter '" + parameter.getKey() + "'; this path takes "
                        + (allowed.isEmpty() ? "none" : String.join(", ", new TreeSet<>(allowed))));
            }
            if (parameter.getValue().size() != 1) {
                throw new BadParameter("parameter '" + parameter.getKey() + "' stands more than once; send it once");
            }
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    int number(String name, int fallback, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with a number out of range.
        }
        throw new BadParameter(name + " is a whole number from " + least + " to " + most);
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E one : type.getEnumConstants()) {
            if (one.name().equalsIgnoreCase(text.get())) {
                return Optional.of(one);
            }
        }
        throw new BadParameter(name + " is one of " + List.of(type.getEnumConstants()));
    }
}
