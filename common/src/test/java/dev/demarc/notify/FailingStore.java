package dev.demarc.notify;

import dev.demarc.record.InMemoryStore;
import dev.demarc.record.Scope;

/** A store that stops at its n-th write of a document, before or after it took effect; a write after that one works. */
class FailingStore extends InMemoryStore {
    private int stopAt;
    private boolean afterwards;
    private int writes;

    /** Counts writes from now on. */
    void stopAt(int write, boolean afterItTookEffect) {
        stopAt = write;
        afterwards = afterItTookEffect;
        writes = 0;
    }

    @Override
    public synchronized boolean write(Scope scope, Write write) {
        writes++;
        if (writes == stopAt && !afterwards) {
            throw new IllegalStateException("stopped before the write");
        }
        boolean written = super.write(scope, write);
        if (writes == stopAt) {
            throw new IllegalStateException("stopped after the write");
        }
        return written;
    }
}
