package dev.demarc.local;

import dev.demarc.event.ChangeEvent;
import dev.demarc.event.ProviderInputs;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.Inventory;
import dev.demarc.pipeline.ProviderReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The state of accounts as files: what a provider would answer, for runs on one machine. One JSON document a line: a provider document of
 * a resource, or {@code {"companionOf": id, "type": type, "documents": [...]}} ({@code "denied": true} instead of documents; {@code "name":
 * name} where a resource has several companions of the type, else the line is for all of them).
 */
final class Estate implements ProviderReader {
    private static final int PAGE = 50;

    private final Map<String, Current> byKey = new LinkedHashMap<>();
    private final Map<String, Current> byNativeId = new HashMap<>();
    private final Map<String, Json> companions = new HashMap<>();

    /** Reads estate lines. {@code readAt} is the version of a document that states no time of its own. */
    void load(String name, InputStream stream, Instant readAt) throws IOException {
        try (stream) {
            Lines lines = new Lines(stream);
            for (Lines.Line line = lines.nextNotBlank(); line != null; line = lines.nextNotBlank()) {
                Json document = dev.demarc.json.JsonReader.parse(line.bytes(), line.offset(), line.length());
                if (document.at("companionOf").text().isPresent()) {
                    String of = document.textAt("companionOf", "");
                    companions.put(key(of, document.textAt("type", ""), document.textAt("name", "")), document);
                } else {
                    for (ChangeEvent event : ProviderInputs.decode(document, readAt)) {
                        add(name + ":" + line.number(), event);
                    }
                }
            }
        }
    }

    private void add(String where, ChangeEvent event) throws IOException {
        if (event instanceof ChangeEvent.Changed changed) {
            Current current = new Current(changed.resource(), changed.version(), changed.tags(), changed.body());
            byKey.put(current.resource().key(), current);
            byNativeId.put(lower(current.resource().nativeId()), current);
        } else if (event instanceof ChangeEvent.Rejected(String because)) {
            throw new IOException(where + ": " + because);
        }
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        Current found = byKey.get(resource.key());
        if (found == null) {
            found = byNativeId.get(lower(resource.nativeId()));
        }
        if (found == null || !found.resource().type().equalsIgnoreCase(resource.type())) {
            return new CurrentRead.Gone();
        }
        return new CurrentRead.Exists(new Current(resource, found.version(), found.tags(), found.body()));
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        return switch (wanted.scope()) {
            case "account" -> one("account:" + parent.account(), wanted);
            case "ids" -> all(wanted);
            default -> one(parent.nativeId(), wanted);
        };
    }

    private Read all(Wanted wanted) {
        List<Json> documents = new ArrayList<>();
        for (String id : wanted.ids()) {
            switch (one(id, wanted)) {
                case Read.Found(List<Json> found) -> documents.addAll(found);
                case Read.Denied denied -> {
                    return denied;
                }
                case Read.Unavailable ignored -> {
                    // Fewer documents than ids: the normaliser says that some are missing.
                }
            }
        }
        return new Read.Found(documents);
    }

    private Read one(String id, Wanted wanted) {
        String type = wanted.type();
        Json named = companions.get(key(id, type, wanted.name()));
        Json line = named != null ? named : companions.get(key(id, type, ""));
        if (line != null) {
            return line.at("denied") == Json.JsonBoolean.TRUE
                    ? new Read.Denied(wanted.permission())
                    : new Read.Found(line.at("documents").elements());
        }
        Current resource = byNativeId.get(lower(id));
        if (resource != null && resource.resource().type().equalsIgnoreCase(type)) {
            return new Read.Found(List.of(resource.body()));
        }
        return new Read.Unavailable("the estate holds no " + type + " for it");
    }

    /** The provider's accounts that this estate has resources in. */
    List<String> accounts(Provider provider) {
        TreeSet<String> accounts = new TreeSet<>();
        byKey.values().stream()
                .map(current -> current.resource())
                .filter(id -> id.provider() == provider)
                .forEach(id -> accounts.add(id.account()));
        return List.copyOf(accounts);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** The inventory of one account. */
    Inventory inventory(Provider provider, String account) {
        return new Inventory() {
            @Override
            public Provider provider() {
                return provider;
            }

            @Override
            public String account() {
                return account;
            }

            @Override
            public Page list(String providerType, Optional<String> token) {
                List<Current> all = byKey.values().stream()
                        .filter(current -> current.resource().provider() == provider)
                        .filter(current -> current.resource().account().equals(account))
                        .filter(current -> current.resource().type().equalsIgnoreCase(providerType))
                        .toList();
                int from = token.map(Integer::parseInt).orElse(0);
                int to = Math.min(all.size(), from + PAGE);
                Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
                return new Page(all.subList(from, to), 0, next);
            }
        };
    }

    private static String key(String id, String type, String name) {
        return lower(id) + " " + lower(type) + " " + name;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
