package dev.demarc.proof;

import dev.demarc.local.store.SqliteStore;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class SqliteNthCallTest extends NthCallProof {
    @TempDir
    Path folder;

    @Override
    Bench bench(Random random) {
        Path own = folder.resolve(UUID.randomUUID().toString());
        return new StoreBench("sqlite", SqliteStore.open(own), random);
    }

    @Override
    int resources() {
        return Length.of(4, 14);
    }

    @Override
    int stride() {
        return 1;
    }
}
