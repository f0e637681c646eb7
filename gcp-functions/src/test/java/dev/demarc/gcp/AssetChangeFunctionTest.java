package dev.demarc.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final AssetChangeFunction function =
            new AssetChangeFunction(account.intake(), InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z")));

    @Test
    void recordsTheResourceOfAChange() {
        function.accept(event(FakeAccount.bucketChange("invoices")));

        assertThat(account.recorded).containsExactly("//storage.googleapis.com/invoices");
    }

    @Test
    void acknowledgesTheWelcomeMessageOfAFeed() {
        function.accept(event(FakeAccount.pubSub("You have successfully configured real time feed assets.")));

        assertThat(account.recorded).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{\"message\":", "no JSON", "{}", "{\"message\":{\"data\":\"%%%\"}}"})
    void quarantinesAndAcknowledgesWhatCannotBeUnderstood(@Nullable String text) {
        function.accept(event(text));

        assertThat(account.recorded).isEmpty();
        assertThat(account.quarantined)
                .singleElement()
                .asString()
                .startsWith("gcp#" + FakeAccount.ACCOUNT + " gcp-pubsub: ");
    }

    @Test
    void throwsWhenThePoisonCouldNotBeKeptSoThatPubSubDeliversItAgain() {
        assertThatThrownBy(() -> function.accept(event("unkept"))).hasMessage("the table is throttled");
    }

    @Test
    void throwsWhenTheStoreFailsSoThatPubSubDeliversAgain() {
        CloudEvent event = event(FakeAccount.bucketChange("unlucky"));

        assertThatThrownBy(() -> function.accept(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table is throttled");
    }

    private static CloudEvent event(@Nullable String data) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId("event-1")
                .withType("google.cloud.pubsub.topic.v1.messagePublished")
                .withSource(URI.create("//pubsub.googleapis.com/projects/orders/topics/assets"));
        return data == null
                ? event.build()
                : event.withData(data.getBytes(StandardCharsets.UTF_8)).build();
    }
}
