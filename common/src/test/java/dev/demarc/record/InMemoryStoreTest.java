package dev.demarc.record;

class InMemoryStoreTest implements CentralStoreContract {
    private final InMemoryStore store = new InMemoryStore();

    @Override
    public CentralStore store() {
        return store;
    }
}
