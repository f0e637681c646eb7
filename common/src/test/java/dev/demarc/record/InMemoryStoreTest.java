package dev.demarc.record;

import org.jspecify.annotations.Nullable;

class InMemoryStoreTest implements CentralStoreContract {
    private @Nullable InMemoryStore store;

    @Override
    public CentralStore store(Tenants tenants) {
        if (store == null) {
            store = new InMemoryStore(tenants);
        }
        return store;
    }
}
