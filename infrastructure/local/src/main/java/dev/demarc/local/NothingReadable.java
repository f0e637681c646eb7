package dev.demarc.local;

import dev.demarc.model.ResourceId;
import dev.demarc.pipeline.ProviderReader;
import java.util.List;

/** The reader of a run without an account and without an estate: nothing can be read, so what needs a read is UNKNOWN. */
final class NothingReadable implements ProviderReader {
    private static final String BECAUSE = "this run reads from no account";

    @Override
    public CurrentRead current(ResourceId resource) {
        return new CurrentRead.Unavailable(BECAUSE);
    }

    @Override
    public Read companion(ResourceId parent, String type, String scope, List<String> ids, String permission) {
        return new Read.Unavailable(BECAUSE);
    }
}
