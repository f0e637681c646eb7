package dev.demarc.pipeline;

import dev.demarc.model.Provider;
import java.util.List;
import java.util.Optional;

/** Lists what exists in the function's own account, page by page. */
public interface Inventory {

    /** One page; {@code next} is empty on the last one. {@code unreadable} counts rows that exist and could not be read or decoded. */
    record Page(List<ProviderReader.Current> resources, int unreadable, Optional<String> next) {
        public Page {
            resources = List.copyOf(resources);
        }
    }

    /** What this inventory can vouch for. */
    @FunctionalInterface
    interface Coverage {
        /** Why a list of the provider type may lack resources that exist; empty when it holds them all. One sentence, for people. */
        Optional<String> gap(String providerType);
    }

    Provider provider();

    String account();

    /** What the inventory covers at this time. Asked once for each run of a sweep. */
    default Coverage coverage() {
        return ignored -> Optional.empty();
    }

    /**
     * The page after {@code token} of all resources of a provider type. A failure that may pass is thrown as {@link Transient}: the sweep
     * stops and goes on at this page. Any other failure ends the sweep of the type.
     */
    Page list(String providerType, Optional<String> token);
}
