package dev.demarc.proof;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.json.Json;
import dev.demarc.model.Observation;
import dev.demarc.model.Provider;
import dev.demarc.model.ResourceId;
import dev.demarc.model.TagKeys;
import dev.demarc.model.Version;
import dev.demarc.pipeline.Observer;
import dev.demarc.pipeline.ProviderReader;
import dev.demarc.proof.Functions.Parcel;
import dev.demarc.record.ObservationJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What really happened, made from a seed: resources of all three providers with up to five versions each, some deleted in between or in the
 * end. Knows the truth (the last version), every message that tells of it, and answers reads as the provider would.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    /** After every version of every resource. */
    static final Instant END = START.plusSeconds(40L * 24 * 3600);

    /** When everything has happened: the time of those who look at it afterwards. */
    static Instant after() {
        return END.plusSeconds(24L * 3600);
    }

    private static final List<Map<String, String>> TAGS = List.of(
            Map.of(),
            Map.of("data-sensitivity", "restricted", "business-criticality", "high", "owner", "billing"),
            Map.of("data-sensitivity", "internal"),
            Map.of("data-sensitivity", "public", "business-criticality", "low", "workload", "site"));

    private final List<Subject> subjects = new ArrayList<>();
    private final Map<String, Subject> byKey = new HashMap<>();
    private final ProviderReader reader = new Reader();
    private final Observer observer = new Observer(Catalogue.bundled(), reader, TagKeys.DEFAULT);

    /** One message about one version; {@code copy} tells duplicates apart. */
    record Delivery(Subject subject, int revision, int copy) implements Post {
        @Override
        public Parcel parcel(int id) {
            return new Parcel(id, subject.id().provider(), message().write());
        }

        Json message() {
            return Messages.of(subject.id(), subject.revisions().get(revision));
        }
    }

    World(Random random, int resources, int accounts) {
        List<List<Template>> types = List.copyOf(Template.byType().values());
        for (int i = 0; i < resources; i++) {
            List<Template> templates = types.get(i % types.size());
            Template first = templates.getFirst();
            ResourceId id = id(first, i, random.nextInt(accounts));
            add(new Subject(id, revisions(random, templates)));
        }
    }

    private void add(Subject subject) {
        subjects.add(subject);
        byKey.put(subject.id().key(), subject);
    }

    private static ResourceId id(Template template, int number, int account) {
        String name = String.format(Locale.ROOT, "thing-%07d", number);
        return switch (template.provider()) {
            case AWS ->
                new ResourceId(
                        Provider.AWS,
                        String.format(Locale.ROOT, "%012d", 100_000_000_000L + account),
                        "eu-central-1",
                        template.type(),
                        name);
            case AZURE -> {
                String subscription = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", account);
                String arm = "/subscriptions/" + subscription + "/resourcegroups/rg/providers/" + template.type() + "/"
                        + name;
                yield Messages.identified(Messages.armEvent(arm, START, "Write"));
            }
            case GCP -> Messages.identified(Messages.asset(template, name, "project-" + account, START));
        };
    }

    private static List<Subject.Revision> revisions(Random random, List<Template> templates) {
        int count = 1 + random.nextInt(5);
        List<Subject.Revision> revisions = new ArrayList<>();
        Instant at = START.plusSeconds(random.nextInt(20 * 24 * 3600));
        for (int i = 0; i < count; i++) {
            at = at.plusMillis(1 + random.nextInt(3 * 24 * 3600 * 1000));
            boolean first = i == 0;
            boolean last = i == count - 1;
            // Azure events are answered by a read, which knows only how things are now: a gap in between cannot be
            // told.
            boolean mayVanish = last || templates.getFirst().provider() != Provider.AZURE;
            boolean deleted = !first && mayVanish && random.nextInt(last ? 5 : 10) == 0;
            Template template = templates.get(random.nextInt(templates.size()));
            boolean isTaggedApart = template.provider() == Provider.AWS;
            revisions.add(new Subject.Revision(
                    new Version(at, template.provider() == Provider.AWS ? at.toEpochMilli() : 0),
                    deleted ? Optional.empty() : Optional.of(template),
                    isTaggedApart ? TAGS.get(random.nextInt(TAGS.size())) : template.tags()));
        }
        return revisions;
    }

    List<Subject> subjects() {
        return Collections.unmodifiableList(subjects);
    }

    /** A message of each version, a third of them twice, in an order that has nothing to do with time. */
    List<Delivery> deliveries(Random random) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Subject subject : subjects) {
            for (int i = 0; i < subject.revisions().size(); i++) {
                deliveries.add(new Delivery(subject, i, 0));
                if (random.nextInt(3) == 0) {
                    deliveries.add(new Delivery(subject, i, 1));
                }
            }
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    /** What the store must hold of the resource in the end, as far as it is written down: of a basis only the settings' names are. */
    Observation truth(Subject subject) {
        return ObservationJson.read(ObservationJson.write(observed(subject)));
    }

    private Observation observed(Subject subject) {
        ResourceId id = subject.id();
        Subject.Revision last = subject.last();
        return last.template()
                .map(template ->
                        observer.observe(id, last.version(), last.tags(), Messages.body(id, last.version(), template)))
                .orElseGet(() -> Observation.tombstone(id, observer.serviceType(id), last.version()));
    }

    ProviderReader reader() {
        return reader;
    }

    /** How things are now: after everything that the messages tell of. */
    private final class Reader implements ProviderReader {
        @Override
        public CurrentRead current(ResourceId resource) {
            Subject subject = byKey.get(resource.key());
            if (subject == null || subject.last().template().isEmpty()) {
                return new CurrentRead.Gone();
            }
            Subject.Revision last = subject.last();
            return new CurrentRead.Exists(new Current(
                    resource,
                    last.version(),
                    last.tags(),
                    Messages.body(resource, last.version(), last.template().get())));
        }

        @Override
        public Read companion(ResourceId parent, Wanted wanted) {
            return new Read.Found(List.of());
        }
    }
}
