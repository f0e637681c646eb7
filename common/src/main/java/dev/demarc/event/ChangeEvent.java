package dev.demarc.event;

import dev.demarc.json.Json;
import dev.demarc.model.ResourceId;
import dev.demarc.model.Version;
import java.util.Map;

/** What one message of a provider says: a hint that a resource changed, or nothing for us. */
public sealed interface ChangeEvent {

    /** The resource exists with this configuration. {@code body} is complete enough to judge when {@code whole}. */
    record Changed(ResourceId resource, Version version, Map<String, String> tags, Json body, boolean whole)
            implements ChangeEvent {
        public Changed {
            tags = Map.copyOf(tags);
        }
    }

    /** The resource changed, and the message does not carry its configuration: it must be read. */
    record Touched(ResourceId resource, Version version, String because) implements ChangeEvent {}

    record Deleted(ResourceId resource, Version version) implements ChangeEvent {}

    /** A related document changed (an IAM policy, a child resource): its parent must be judged again. {@code body} is that document. */
    record CompanionChanged(ResourceId parent, String companionType, Version version, Json body)
            implements ChangeEvent {}

    /** Normal input that asks for nothing: a welcome message, a read action, a feed of another kind. */
    record Ignored(String because) implements ChangeEvent {}

    /** Input that cannot be understood: counted, reported, never blocking. */
    record Rejected(String because) implements ChangeEvent {}
}
