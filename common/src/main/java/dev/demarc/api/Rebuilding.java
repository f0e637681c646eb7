package dev.demarc.api;

import dev.demarc.project.Rebuild;
import dev.demarc.record.CentralStore;
import dev.demarc.record.Scope;

/** The rebuild as an operation: of the accounts of the caller's tenant and of no other. */
public interface Rebuilding {
    /** Compares; changes nothing. */
    Rebuild.Report check(Scope scope);

    /** Puts right what differs and answers what differed. */
    Rebuild.Report repair(Scope scope);

    static Rebuilding of(CentralStore store) {
        return new Rebuilding() {
            @Override
            public Rebuild.Report check(Scope scope) {
                return within(scope).check(ignored -> {});
            }

            @Override
            public Rebuild.Report repair(Scope scope) {
                return within(scope).repair(ignored -> {});
            }

            private Rebuild within(Scope scope) {
                return new Rebuild(store, account -> scope.covers(store.tenantOf(account), account));
            }
        };
    }
}
