package dev.demarc.api;

import dev.demarc.catalogue.Catalogue;
import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverTerms;
import dev.demarc.model.AccountId;
import dev.demarc.model.ResourceId;
import dev.demarc.model.ServiceType;
import dev.demarc.query.Dimension;
import dev.demarc.query.FindingFilter;
import dev.demarc.query.Posture;
import dev.demarc.query.Priority;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a waiver is about, and the terms that it must meet: those of the most urgent finding it covers; the strictest when it covers none yet. */
final class WaiverUrgency {
    private final Postures postures;

    WaiverUrgency(Postures postures) {
        this.postures = postures;
    }

    WaiverTerms terms(Call call, Waiver.Subject subject) {
        return bands(postures.of(call), subject)
                .min(Priority.Band::compareTo)
                .map(band -> WaiverTerms.valueOf(band.name()))
                .orElse(WaiverTerms.CRITICAL);
    }

    /** Tells the body what the subject names that there is not: nobody would notice a waiver that covers nothing. */
    void known(Call call, BodyReader about, Waiver.Subject subject) {
        Catalogue catalogue = postures.catalogue();
        if (catalogue.control(subject.control()).isEmpty() && about.isSound("control")) {
            about.mistake("control", "is a control of the catalogue; " + subject.control() + " is none");
        }
        subject.serviceType()
                .filter(type -> catalogue.entry(type).isEmpty() && !isInUse(call, type))
                .filter(ignored -> about.isSound("serviceType"))
                .ifPresent(type -> about.mistake(
                        "serviceType", "is a service type of the catalogue, or one in use; " + type + " is neither"));
    }

    private boolean isInUse(Call call, ServiceType type) {
        return postures.of(call).serviceTypesInUse().stream()
                .anyMatch(one -> one.serviceType().equals(type));
    }

    private static Stream<Priority.Band> bands(Posture posture, Waiver.Subject subject) {
        Optional<ResourceId> resource = subject.resource().flatMap(WaiverUrgency::resource);
        if (resource.isPresent()) {
            return posture.findingsOf(resource.get()).stream()
                    .filter(finding -> finding.control().equals(subject.control()))
                    .map(finding -> finding.priority().band());
        }
        return posture.counts(filter(subject), List.of(Dimension.BAND)).groups().stream()
                .filter(group -> group.count() > 0)
                .map(group -> Priority.Band.valueOf(group.values().getOrDefault(Dimension.BAND, "CRITICAL")));
    }

    private static Optional<ResourceId> resource(String key) {
        try {
            return Optional.of(ResourceId.ofKey(key));
        } catch (IllegalArgumentException notAKey) {
            return Optional.empty();
        }
    }

    private static FindingFilter filter(Waiver.Subject subject) {
        FindingFilter all = FindingFilter.ALL;
        return new FindingFilter(
                subject.account().map(AccountId::provider).map(Set::of).orElse(Set.of()),
                subject.account().map(AccountId::account).map(Set::of).orElse(Set.of()),
                all.regions(),
                all.serviceClasses(),
                subject.serviceType().map(ServiceType::name).map(Set::of).orElse(Set.of()),
                all.tiers(),
                all.patterns(),
                Set.of(subject.control().value()),
                all.owners(),
                all.categories(),
                all.questions(),
                all.verdicts(),
                all.bands(),
                all.minPriority(),
                all.sensitivities(),
                all.waived(),
                all.workloads(),
                all.frameworks(),
                all.resources(),
                all.changedSince());
    }
}
