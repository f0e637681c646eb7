package dev.demarc.proof;

import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A resource with everything it ever was, in the order of its versions. */
record Subject(ResourceId id, List<Revision> revisions) {

    /** One configuration; without one the resource is deleted. */
    record Revision(Version version, Optional<Template> template, Map<String, String> tags) {}

    Subject {
        revisions = List.copyOf(revisions);
    }

    Revision last() {
        return revisions.getLast();
    }
}
