package dev.demarc.proof;

import dev.demarc.local.store.SqliteStore;
import java.nio.file.Path;
import java.util.Random;

/** Opens the same store again in another process. */
final class CrashBenches {
    private CrashBenches() {}

    /** {@code sqlite:FOLDER}, or {@code dynamodb:ENDPOINT TABLE}. */
    static Bench open(String place, Random random) {
        int colon = place.indexOf(':');
        String rest = place.substring(colon + 1);
        return switch (place.substring(0, colon)) {
            case "sqlite" -> new StoreBench("sqlite", SqliteStore.open(Path.of(rest)), random);
            case "dynamodb" -> {
                int space = rest.indexOf(' ');
                yield new DynamoDbBench(new DynamoDbTable(rest.substring(0, space), rest.substring(space + 1)), random);
            }
            default -> throw new IllegalArgumentException("'" + place + "' is no store");
        };
    }
}
