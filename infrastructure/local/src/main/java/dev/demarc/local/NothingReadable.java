package dev.demarc.local;

import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.ProviderReader;

/** The reader of a run without an account and without an estate: nothing can be read, so what needs a read is UNKNOWN. */
final class NothingReadable implements ProviderReader {
    private static final String BECAUSE = "this run reads from no account";

    @Override
    public CurrentRead current(ResourceId resource) {
        return new CurrentRead.Unavailable(BECAUSE);
    }

    @Override
    public Read companion(ResourceId parent, Wanted wanted) {
        return new Read.Unavailable(BECAUSE);
    }
}
