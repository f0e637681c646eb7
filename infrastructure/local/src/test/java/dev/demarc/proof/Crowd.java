package dev.demarc.proof;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Any number of storage resources over a number of accounts. The kinds of resources in an account do not depend on how many there are, so
 * that a larger crowd differs from a smaller one in nothing but its size.
 */
final class Crowd {
    private static final List<String> TYPES =
            List.of("AWS::S3::Bucket", "Microsoft.Storage/storageAccounts", "storage.googleapis.com/Bucket");
    private static final int CONFIGURATIONS = 3;

    private final List<Observation> kinds = new ArrayList<>();
    private final int accounts;

    Crowd(int accounts) {
        this.accounts = accounts;
        Observer observer = new Observer(Catalogue.bundled(), new Nothing(), TagKeys.DEFAULT);
        for (int configuration = 0; configuration < CONFIGURATIONS; configuration++) {
            for (String type : TYPES) {
                Template template = Template.byType().get(type).get(configuration);
                ResourceId id = new ResourceId(template.provider(), "any", "-", type, "any");
                Version version = new Version(World.START.plusSeconds(configuration), 0);
                kinds.add(observer.observe(id, version, template.tags(), Messages.body(id, version, template)));
            }
        }
    }

    /** From this many on every account has every kind. */
    int full() {
        return accounts * kinds.size();
    }

    Observation resource(int number) {
        Observation kind = kinds.get(number / accounts % kinds.size());
        ResourceId id = new ResourceId(
                kind.resource().provider(),
                account(kind.resource().provider(), number % accounts),
                "-",
                kind.resource().type(),
                String.format(Locale.ROOT, "%07d", number));
        return new Observation(
                id,
                kind.serviceType(),
                kind.version(),
                kind.state(),
                kind.catalogueRevision(),
                kind.labels(),
                kind.verdicts());
    }

    private static String account(Provider provider, int number) {
        return String.format(Locale.ROOT, "%s-%06d", provider.word(), number);
    }

    private static final class Nothing implements ProviderReader {
        @Override
        public CurrentRead current(ResourceId resource) {
            return new CurrentRead.Gone();
        }

        @Override
        public Read companion(ResourceId parent, Wanted wanted) {
            return new Read.Found(List.of());
        }
    }
}
