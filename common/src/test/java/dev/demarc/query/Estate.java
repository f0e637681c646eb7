package dev.demarc.query;

import static dev.demarc.query.Landscape.NOW;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.model.AccountId;
import dev.demarc.model.ControlId;
import dev.demarc.model.Labels;
import dev.demarc.model.Labels.Level;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Verdict;
import dev.demarc.model.Version;
import dev.demarc.record.FeedEvidence;
import dev.demarc.record.SweepEvidence;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A random estate of two tenants: resources of several types, labels, fixes, deletions, evidence, a register, waivers and attestations. */
final class Estate {
    static final String TENANT = "one";
    static final String OTHER_TENANT = "two";
    static final List<ServiceType> TYPES = List.of(
            new ServiceType("AWS::S3::Bucket"),
            new ServiceType("AWS::Lambda::Function"),
            new ServiceType("storage.googleapis.com/Bucket"),
            new ServiceType("AWS::Timestream::Database"));
    private static final List<String> ACCOUNTS = List.of("a1", "a2", "a3", "b1", "b2");

    final Landscape landscape = new Landscape(account -> account.account().startsWith("a") ? TENANT : OTHER_TENANT);
    final Catalogue catalogue = Catalogue.bundled();
    private final Random random;
    private final List<ResourceId> resources = new ArrayList<>();

    Estate(long seed, int size) {
        random = new Random(seed);
        for (int i = 0; i < size; i++) {
            add("r" + i);
        }
        for (int i = 0; i < size / 2; i++) {
            change();
        }
        ACCOUNTS.forEach(account -> TYPES.forEach(type -> evidence(account, type)));
        landscape.project();
        landscape.documented(register());
        for (int i = 0; i < 6; i++) {
            landscape.waived(
                    "w" + i,
                    waived(),
                    NOW.plus(Duration.ofHours(random.nextInt(20) - 5L)),
                    pick(List.of(WaiverTerms.values())));
        }
        for (int i = 0; i < 3; i++) {
            landscape.attested(
                    "t" + i,
                    Landscape.COPIES,
                    some(2).map(ignored -> pick(ACCOUNTS)),
                    NOW.plus(Duration.ofHours(random.nextInt(20) - 5L)));
        }
    }

    void add(String name) {
        ServiceType type = pick(TYPES);
        Provider provider = provider(type);
        ResourceId id = new ResourceId(provider, pick(ACCOUNTS), pick(List.of("north", "south")), type.name(), name);
        resources.add(id);
        observe(id, type, NOW.minus(Duration.ofHours(30 + random.nextInt(8))));
    }

    /** One resource gets other verdicts or labels, or goes. */
    void change() {
        ResourceId id = pick(resources);
        Observation before = landscape.store().observation(id).orElseThrow();
        Instant at = before.version().observedAt().plus(Duration.ofHours(random.nextInt(3) + 1L));
        if (random.nextInt(6) == 0) {
            landscape.observed(Observation.tombstone(id, before.serviceType(), new Version(at, 0)));
        } else {
            observe(id, before.serviceType(), at);
        }
    }

    private void observe(ResourceId id, ServiceType type, Instant at) {
        TreeMap<ControlId, Verdict> verdicts = new TreeMap<>();
        Optional<CatalogueEntry> entry = catalogue.entry(type);
        for (Responsibility row : entry.map(CatalogueEntry::responsibilities).orElse(List.of())) {
            if (random.nextInt(3) > 0) {
                verdicts.put(
                        row.control(),
                        pick(List.of(
                                Landscape.PASS, Landscape.PASS, Landscape.FAIL, Landscape.UNKNOWN, Landscape.OUTSIDE)));
            }
        }
        landscape.observed(new Observation(
                id,
                type,
                new Version(at, 0),
                Observation.State.LIVE,
                entry.map(CatalogueEntry::revision).orElse(""),
                new Labels(level(), level(), some(2).map(one -> "team" + one), some(2).map(one -> "app" + one)),
                verdicts));
    }

    private void evidence(String account, ServiceType type) {
        Provider provider = provider(type);
        if (random.nextInt(4) > 0) {
            landscape
                    .store()
                    .putFeedEvidence(
                            new FeedEvidence(provider, account, type, NOW.minus(Duration.ofDays(random.nextInt(9)))));
        }
        if (random.nextInt(4) > 0) {
            Instant at = NOW.minus(Duration.ofHours(20 + random.nextInt(10)));
            landscape
                    .store()
                    .putSweepEvidence(new SweepEvidence(
                            provider,
                            account,
                            type,
                            at,
                            at,
                            pick(List.of(SweepEvidence.State.COMPLETE, SweepEvidence.State.INCOMPLETE)),
                            9,
                            9,
                            0,
                            ""));
        }
    }

    private Register register() {
        List<RegisterEntry> entries = new ArrayList<>();
        for (ServiceType type : TYPES) {
            if (random.nextBoolean()) {
                entries.add(new RegisterEntry(
                        type,
                        "owner of " + type,
                        "A. Reviewer",
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2027, 1, 1),
                        random.nextInt(4) > 0,
                        Optional.empty(),
                        random.nextBoolean() ? Set.of() : Set.of(Landscape.RESTORE, Landscape.PUBLIC),
                        level(),
                        level()));
            }
        }
        return new Register(entries, Register.Windows.DEFAULT, TagKeys.DEFAULT);
    }

    private Waiver.Subject waived() {
        ControlId control =
                pick(List.of(Landscape.RESTORE, Landscape.PUBLIC, Landscape.COPIES, new ControlId("MCC-06")));
        Optional<ResourceId> resource = some(2).map(ignored -> pick(resources));
        return new Waiver.Subject(
                control,
                resource.map(ResourceId::key),
                resource.isPresent()
                        ? Optional.empty()
                        : some(2).map(ignored -> new AccountId(Provider.AWS, pick(ACCOUNTS))),
                some(3).map(ignored -> pick(TYPES)));
    }

    private static Provider provider(ServiceType type) {
        return type.name().startsWith("AWS") ? Provider.AWS : Provider.GCP;
    }

    private Optional<Level> level() {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(pick(List.of(Level.values())));
    }

    /** One of the first numbers, or nothing. */
    private Optional<Integer> some(int most) {
        int number = random.nextInt(most + 1);
        return number == 0 ? Optional.empty() : Optional.of(number);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Up to three random parts of a filter, with values that occur in the findings and one that does not. */
    Map<String, Set<String>> filter(List<Finding> findings, List<String> names) {
        Map<String, Set<String>> parts = new TreeMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = pick(names);
            parts.put(name, values(findings, name));
        }
        return parts;
    }

    private Set<String> values(List<Finding> findings, String name) {
        return switch (name) {
            case "minPriority" -> Set.of(Integer.toString(random.nextInt(30)));
            case "waived" -> Set.of(Boolean.toString(random.nextBoolean()));
            case "changedSince" ->
                Set.of(NOW.minus(Duration.ofHours(25 + random.nextInt(12))).toString());
            default -> {
                Set<String> values = new HashSet<>();
                for (int i = 0; i < 1 + random.nextInt(3) && !findings.isEmpty(); i++) {
                    Filters.value(pick(findings), name)
                            .filter(one -> !one.isEmpty())
                            .ifPresent(values::add);
                }
                yield values.isEmpty() ? Set.of(fallback(name)) : values;
            }
        };
    }

    private static String fallback(String name) {
        return switch (name) {
            case "provider" -> "azure";
            case "category" -> "ADD_VALIDATION";
            case "question" -> "DOCUMENTED";
            case "band" -> "CRITICAL";
            case "sensitivity" -> "LOW";
            default -> "elsewhere";
        };
    }
}
