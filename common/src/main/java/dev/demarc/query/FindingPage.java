package dev.demarc.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** One page of findings in the order of urgency, and the token of the next one. A token is valid for the same filter only. */
public record FindingPage(List<Finding> findings, long total, Optional<String> nextPageToken) {

    /** Thrown for a token that was not given out for this filter. */
    public static final class BadToken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadToken() {
            super(
                    "pageToken was not given out for this query; send the one of the page before, with the same parameters");
        }
    }

    public static FindingPage of(List<Finding> all, FindingFilter filter, int size, Optional<String> token) {
        List<Finding> wanted = all.stream().filter(filter::wants).toList();
        int from = token.map(text -> position(wanted, filter, text)).orElse(0);
        List<Finding> page = new ArrayList<>(wanted.subList(from, Math.min(wanted.size(), from + size)));
        boolean more = from + size < wanted.size();
        Optional<String> next = more ? Optional.of(write(filter, page.getLast())) : Optional.empty();
        return new FindingPage(List.copyOf(page), wanted.size(), next);
    }

    /** The place after the finding that the token names: new findings before it do not repeat or skip what follows. */
    private static int position(List<Finding> wanted, FindingFilter filter, String token) {
        String[] parts = read(token).split("\n", 3);
        if (parts.length != 3
                || !parts[0].equals(Integer.toHexString(filter.toString().hashCode()))) {
            throw new BadToken();
        }
        int score = parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : 0;
        int at = 0;
        while (at < wanted.size()) {
            Finding finding = wanted.get(at);
            int byScore = Integer.compare(score, finding.priority().score());
            if (byScore > 0 || (byScore == 0 && finding.id().compareTo(parts[2]) > 0)) {
                break;
            }
            at++;
        }
        return at;
    }

    private static String write(FindingFilter filter, Finding last) {
        String text = Integer.toHexString(filter.toString().hashCode()) + "\n"
                + last.priority().score() + "\n" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadToken();
        }
    }
}
