package dev.demarc.gcp;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CloudEvent with this data, as Eventarc sends it for a Pub/Sub message. */
record FakeEvent(@Nullable String text) implements CloudEvent {
    @Override
    public @Nullable CloudEventData getData() {
        return text == null ? null : () -> text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SpecVersion getSpecVersion() {
        return SpecVersion.V1;
    }

    @Override
    public String getId() {
        return "event-1";
    }

    @Override
    public String getType() {
        return "google.cloud.pubsub.topic.v1.messagePublished";
    }

    @Override
    public URI getSource() {
        return URI.create("//pubsub.googleapis.com/projects/orders/topics/assets");
    }

    @Override
    public String getDataContentType() {
        return "application/json";
    }

    @Override
    public @Nullable URI getDataSchema() {
        return null;
    }

    @Override
    public @Nullable String getSubject() {
        return null;
    }

    @Override
    public @Nullable OffsetDateTime getTime() {
        return null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return null;
    }

    @Override
    public @Nullable Object getExtension(String name) {
        return null;
    }

    @Override
    public Set<String> getExtensionNames() {
        return Set.of();
    }
}
