package dev.demarc.pipeline;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An account in memory: what exists, what a list shows of it, and what fails. */
class FakeCloud implements ProviderReader, Inventory {
    static final String ACCOUNT = "111122223333";
    static final String BUCKET = "AWS::S3::Bucket";

    final TreeMap<String, Current> existing = new TreeMap<>();
    final List<String> unlisted = new ArrayList<>();
    final List<ResourceId> reads = new ArrayList<>();
    final List<Wanted> wanted = new ArrayList<>();
    int pageSize = 3;
    int lists;
    Optional<String> gap = Optional.empty();
    Clock clock = Clock.ANOTHER;
    /** What a read of a resource that does not exist answers. */
    CurrentRead absent = new CurrentRead.Gone();
    /** What every read of a resource answers, whether it exists or not. */
    Optional<CurrentRead> blind = Optional.empty();
    /** Asked before each list of buckets; answers what to throw. */
    Supplier<@Nullable RuntimeException> listFails = () -> null;
    /** Asked before each read of a resource. */
    Supplier<@Nullable RuntimeException> readFails = () -> null;

    static ResourceId bucket(String name) {
        return new ResourceId(Provider.AWS, ACCOUNT, "eu-west-1", BUCKET, name);
    }

    /** A bucket last changed at that time; {@code owner} tells one state of it from another. */
    void put(String name, Instant changedAt, String owner) {
        existing.put(name, current(name, changedAt, owner));
    }

    private Current current(String name, Instant changedAt, String owner) {
        Json body = Json.object()
                .with("configuration", Json.object().with("name", name).build())
                .build();
        return new Current(bucket(name), new Version(changedAt, 0), clock, Map.of("owner", owner), body);
    }

    Observer observer() {
        return new Observer(Catalogue.bundled(), this, TagKeys.DEFAULT);
    }

    @Override
    public CurrentRead current(ResourceId resource) {
        reads.add(resource);
        throwIfAny(readFails.get());
        if (blind.isPresent()) {
            return blind.get();
        }
        Current found = existing.get(resource.nativeId());
        return found == null ? absent : new CurrentRead.Exists(found);
    }

    @Override
    public Read companion(ResourceId parent, Wanted companion) {
        wanted.add(companion);
        return new Read.Found(List.of());
    }

    @Override
    public Provider provider() {
        return Provider.AWS;
    }

    @Override
    public String account() {
        return ACCOUNT;
    }

    @Override
    public Coverage coverage() {
        return type -> type.equals(BUCKET) ? gap : Optional.empty();
    }

    @Override
    public Page list(String providerType, Optional<String> token) {
        if (!providerType.equals(BUCKET)) {
            return new Page(List.of(), 0, Optional.empty());
        }
        lists++;
        throwIfAny(listFails.get());
        List<Current> all = existing.entrySet().stream()
                .filter(one -> !unlisted.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        int from = token.map(Integer::parseInt).orElse(0);
        int to = Math.min(all.size(), from + pageSize);
        Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
        return new Page(all.subList(Math.min(from, to), to), 0, next);
    }

    private static void throwIfAny(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }
}
