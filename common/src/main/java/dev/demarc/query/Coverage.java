package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.model.AccountId;
import dev.demarc.model.ServiceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is in use, and how well it is covered. */
final class Coverage {
    private final Terms terms;
    private final Facts facts;

    Coverage(Terms terms, Facts facts) {
        this.terms = terms;
        this.facts = facts;
    }

    /** Each account that has a live resource or evidence. */
    List<AccountCoverage> accounts() {
        TreeSet<TypeInAccount> all = new TreeSet<>(facts.live().keySet());
        all.addAll(facts.validation().subjects());
        TreeMap<AccountId, List<AccountCoverage.OfType>> accounts = new TreeMap<>();
        all.forEach(one -> accounts.computeIfAbsent(one.account(), ignored -> new ArrayList<>())
                .add(ofType(one)));
        return accounts.entrySet().stream()
                .map(one -> new AccountCoverage(one.getKey(), one.getValue()))
                .toList();
    }

    /** Nothing validates a type that the catalogue does not know, so it has no gap either. */
    private AccountCoverage.OfType ofType(TypeInAccount one) {
        Validation validation = facts.validation();
        Optional<Validation.Gap> gap = terms.entry(one.serviceType()).flatMap(ignored -> validation.gap(one));
        return new AccountCoverage.OfType(
                one.serviceType(),
                facts.live().getOrDefault(one, 0L),
                validation.lastEventAt(one),
                validation.lastSweep(one),
                validation.sweepUnderWay(one),
                gap.map(Validation.Gap::reason),
                gap.flatMap(Validation.Gap::since));
    }

    List<TypeInUse> serviceTypes() {
        Map<ServiceType, Long> accounts = new HashMap<>();
        Map<ServiceType, Long> resources = new HashMap<>();
        facts.live().forEach((one, count) -> {
            accounts.merge(one.serviceType(), 1L, Long::sum);
            resources.merge(one.serviceType(), count, Long::sum);
        });
        List<TypeInUse> types = new ArrayList<>();
        facts.typesInUse().forEach((serviceType, provider) -> {
            Optional<CatalogueEntry> entry = terms.entry(serviceType);
            types.add(new TypeInUse(
                    provider,
                    serviceType,
                    entry.map(CatalogueEntry::serviceClass),
                    entry.map(one -> one.tier().name()),
                    entry.map(CatalogueEntry::name),
                    entry.map(CatalogueEntry::revision),
                    terms.documented(serviceType),
                    accounts.getOrDefault(serviceType, 0L),
                    resources.getOrDefault(serviceType, 0L)));
        });
        return types;
    }
}
