package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.query.Priority;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An address outside that is told of notices. {@code kinds} empty: of all. A notice with a priority band is wanted from {@code minimumBand}
 * up; one without a band always.
 */
public record Webhook(
        String id,
        URI url,
        Set<NoticeKind> kinds,
        Priority.Band minimumBand,
        State state,
        Optional<String> pausedBecause,
        List<Key> keys,
        Instant createdAt,
        long revision) {

    public enum State {
        ACTIVE,
        PAUSED
    }

    /** A secret, and until when it is used; without an end it is the current one. */
    public record Key(WebhookSecret secret, Optional<Instant> until) {}

    public Webhook {
        kinds = Set.copyOf(kinds);
        keys = List.copyOf(keys);
    }

    public boolean wants(Notice notice) {
        boolean isOfKind =
                kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.word().equals(notice.kind()));
        return isOfKind
                && !notice.at().isBefore(createdAt)
                && band(notice).map(band -> band.compareTo(minimumBand) <= 0).orElse(true);
    }

    private static Optional<Priority.Band> band(Notice notice) {
        String word = notice.details().textAt("band", "");
        for (Priority.Band band : Priority.Band.values()) {
            if (band.name().equals(word)) {
                return Optional.of(band);
            }
        }
        return Optional.empty();
    }

    /** The secrets that sign at this time: one, or two while one follows the other. */
    List<WebhookSecret> secretsAt(Instant now) {
        return keys.stream()
                .filter(key -> key.until().map(now::isBefore).orElse(true))
                .map(Key::secret)
                .toList();
    }

    /** What callers see: all but the secrets. */
    public Json json() {
        return Json.object()
                .with("id", id)
                .with("url", url.toString())
                .with(
                        "kinds",
                        Json.array(kinds.stream()
                                .map(NoticeKind::word)
                                .sorted()
                                .map(Json::of)
                                .toList()))
                .with("minimumBand", minimumBand.name())
                .with("state", state.name())
                .with("pausedBecause", pausedBecause)
                .with("createdAt", createdAt.toString())
                .with("secrets", keys.size())
                .with("revision", revision)
                .build();
    }
}
