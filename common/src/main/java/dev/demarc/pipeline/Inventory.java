package dev.demarc.pipeline;

import dev.demarc.model.Provider;
import java.util.List;
import java.util.Optional;

/** Lists what exists in the function's own account, page by page. */
public interface Inventory {

    /** One page; {@code next} is empty on the last one. {@code unreadable} counts rows that could not be decoded. */
    record Page(List<ProviderReader.Current> resources, int unreadable, Optional<String> next) {
        public Page {
            resources = List.copyOf(resources);
        }
    }

    Provider provider();

    String account();

    /** The page after {@code token} of all resources of a provider type. Throttling and time-outs are thrown. */
    Page list(String providerType, Optional<String> token);
}
