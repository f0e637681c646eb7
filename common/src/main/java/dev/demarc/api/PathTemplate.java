package dev.demarc.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with named parts in braces. {@code {id+}} also takes slashes: some gateways decode the path before they hand it on, and ids of
 * resources hold slashes.
 */
final class PathTemplate {
    private static final Pattern PART = Pattern.compile("\\{([a-z]+)(\\+?)}");

    private final Pattern pattern;
    private final List<String> names = new ArrayList<>();
    private final int literals;

    PathTemplate(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher part = PART.matcher(template);
        int from = 0;
        while (part.find()) {
            regex.append(Pattern.quote(template.substring(from, part.start())));
            regex.append(part.group(2).isEmpty() ? "([^/]+)" : "(.+)");
            names.add(part.group(1));
            from = part.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
        this.literals = PART.matcher(template).replaceAll("").length();
    }

    /** How much of the template is fixed: of several that match, the one with most is meant. */
    int literals() {
        return literals;
    }

    /** The template as OpenAPI writes it. */
    static String described(String template) {
        return template.replace("+}", "}");
    }

    /** The decoded parts of a raw path; empty when the path is another. */
    Optional<Map<String, String>> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> parts = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            parts.put(names.get(i), decoded(matcher.group(i + 1)));
        }
        return Optional.of(parts);
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(new Problem(
                    Problem.Kind.MALFORMED_REQUEST,
                    "the id in the path is not URL-encoded text",
                    List.of(new Problem.Mistake("path", "/id", "not URL-encoded"))));
        }
    }
}
