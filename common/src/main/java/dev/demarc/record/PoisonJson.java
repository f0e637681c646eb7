package dev.demarc.record;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import java.time.Instant;

/** The one JSON form of a poison record, used by every store. */
public final class PoisonJson {
    private PoisonJson() {}

    public static Json write(Poison poison) {
        return Json.object()
                .with("account", poison.account().map(AccountId::key))
                .with("source", poison.source())
                .with("digest", poison.digest())
                .with("reason", poison.reason())
                .with("size", poison.size())
                .with("firstSeen", poison.firstSeen().toString())
                .with("lastSeen", poison.lastSeen().toString())
                .with("deliveries", poison.deliveries())
                .build();
    }

    public static Poison read(Json json) {
        return new Poison(
                json.at("account").text().map(AccountId::ofKey),
                json.textAt("source", ""),
                json.textAt("digest", ""),
                json.textAt("reason", ""),
                json.longAt("size", 0),
                Instant.parse(json.textAt("firstSeen", "")),
                Instant.parse(json.textAt("lastSeen", "")),
                json.longAt("deliveries", 0));
    }
}
