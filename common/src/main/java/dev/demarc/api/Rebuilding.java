package dev.demarc.api;

import dev.demarc.project.Rebuild;
import dev.demarc.record.Scope;
import java.util.function.Function;

/** The rebuild as an operation: of the accounts of the caller's tenant and of no other. */
public interface Rebuilding {
    /** Compares; changes nothing. */
    Rebuild.Report check(Scope scope);

    /** Puts right what differs and answers what differed. */
    Rebuild.Report repair(Scope scope);

    static Rebuilding of(Function<Scope, Rebuild> within) {
        return new Rebuilding() {
            @Override
            public Rebuild.Report check(Scope scope) {
                return within.apply(scope).check(ignored -> {});
            }

            @Override
            public Rebuild.Report repair(Scope scope) {
                return within.apply(scope).repair(ignored -> {});
            }
        };
    }
}
