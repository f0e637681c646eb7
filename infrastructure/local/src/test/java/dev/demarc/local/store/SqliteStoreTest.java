package dev.demarc.local.store;

import dev.demarc.record.CentralStoreContract;
import dev.demarc.record.Tenants;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest implements CentralStoreContract {
    @TempDir
    Path directory;

    private @Nullable SqliteStore store;

    @Override
    public SqliteStore store(Tenants tenants) {
        if (store == null) {
            store = SqliteStore.open(directory, tenants);
        }
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
