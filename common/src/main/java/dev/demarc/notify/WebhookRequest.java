package dev.demarc.notify;

import dev.demarc.govern.Ruling.Reason;
import dev.demarc.json.Json;
import dev.demarc.query.Priority;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A webhook that somebody asks for, as it was written; {@link #reasonsAgainst} says what is wrong with it. */
public record WebhookRequest(String url, Set<String> kinds, String minimumBand, String secret) {
    public WebhookRequest {
        kinds = Set.copyOf(kinds);
    }

    /** From {@code {url, kinds?, minimumBand?, secret}}. */
    public static WebhookRequest read(Json json) {
        Set<String> kinds = new LinkedHashSet<>();
        json.at("kinds").elements().forEach(kind -> kinds.add(kind.text().orElse("")));
        return new WebhookRequest(
                json.textAt("url", ""), kinds, json.textAt("minimumBand", "LOW"), json.textAt("secret", ""));
    }

    List<Reason> reasonsAgainst(TargetCheck targets) {
        List<Reason> reasons = new ArrayList<>();
        address()
                .map(targets::refusal)
                .orElse(Optional.of("it is not an address"))
                .ifPresent(why -> reasons.add(
                        new Reason("url", why, "give an https address on the public internet, by its host name")));
        kinds.stream()
                .sorted()
                .filter(word -> kind(word).isEmpty())
                .forEach(word -> reasons.add(new Reason(
                        "kinds",
                        "there is no such kind of notice",
                        "choose from "
                                + String.join(
                                        ", ",
                                        Arrays.stream(NoticeKind.values())
                                                .map(NoticeKind::word)
                                                .toList()))));
        if (band().isEmpty()) {
            reasons.add(new Reason("minimumBand", "there is no such band", "say CRITICAL, HIGH, MEDIUM or LOW"));
        }
        try {
            WebhookSecret.of(secret);
        } catch (IllegalArgumentException unfit) {
            reasons.add(new Reason(
                    "secret", String.valueOf(unfit.getMessage()), "give whsec_ and the Base64 of 32 random bytes"));
        }
        return reasons;
    }

    Optional<URI> address() {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    Set<NoticeKind> wanted() {
        Set<NoticeKind> wanted = new LinkedHashSet<>();
        kinds.forEach(word -> kind(word).ifPresent(wanted::add));
        return wanted;
    }

    Optional<Priority.Band> band() {
        return Arrays.stream(Priority.Band.values())
                .filter(band -> band.name().equals(minimumBand))
                .findFirst();
    }

    private static Optional<NoticeKind> kind(String word) {
        return Arrays.stream(NoticeKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookRequest[" + url + "]";
    }
}
