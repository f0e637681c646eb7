package dev.demarc.proof;

import dev.demarc.project.Projector;
import dev.demarc.record.CentralStore;
import dev.demarc.record.StoreChange;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A store in this process, whose feed is drained. There is no network to fail: every call of the port may, before or after its effect. */
class StoreBench implements Bench {
    private static final double FAILING = 0.1;

    private final String name;
    private final CentralStore store;
    private final Random random;
    private final AtomicBoolean isFailing = new AtomicBoolean();
    private final CentralStore faulty;

    StoreBench(String name, CentralStore store, Random random) {
        this.name = name;
        this.store = store;
        this.random = random;
        Intercepted.Interceptor faults = Faults.random(random, FAILING);
        this.faulty = Intercepted.store(store, call -> isFailing.get() ? faults.around(call) : call.proceed());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CentralStore store() {
        return store;
    }

    @Override
    public CentralStore faulty() {
        return faulty;
    }

    @Override
    public AutoCloseable faults() {
        isFailing.set(true);
        return () -> isFailing.set(false);
    }

    @Override
    public boolean project(CentralStore through, Steps steps) {
        Consumer<StoreChange> projector = new Replaying(random, new Projector(through, World::after)::apply);
        return feed(projector.andThen(change -> steps.step()));
    }

    /** As {@link #project}, with a projector of one's own. */
    boolean feed(Consumer<StoreChange> consumer) {
        try {
            store.drain(consumer);
            return true;
        } catch (Fault stopped) {
            return false;
        }
    }

    @Override
    public int workers() {
        return 4;
    }

    @Override
    public void close() {
        if (store instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
