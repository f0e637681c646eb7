package dev.demarc.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final ResourceChangeFunction function =
            new ResourceChangeFunction(account.intake(), InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z")));

    @Test
    void recordsTheResourceOfAnEvent() {
        function.run(FakeAccount.deleted("shopfiles"), new FakeContext());

        assertThat(account.recorded).singleElement().asString().endsWith("/shopfiles");
    }

    @Test
    void acknowledgesTheValidationOfItsSubscription() {
        function.run(
                "{\"id\":\"1\",\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\",\"data\":{}}",
                new FakeContext());

        assertThat(account.recorded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{\"eventType\":", "{}", "7"})
    void quarantinesAndAcknowledgesWhatCannotBeUnderstood(String event) {
        function.run(event, new FakeContext());

        assertThat(account.recorded).isEmpty();
        assertThat(account.quarantined)
                .singleElement()
                .asString()
                .startsWith("azure#" + FakeAccount.ACCOUNT + " azure-event-grid: ");
    }

    @Test
    void throwsWhenThePoisonCouldNotBeKeptSoThatEventGridDeliversItAgain() {
        assertThatThrownBy(() -> function.run("unkept", new FakeContext())).hasMessage("the table is throttled");
    }

    @Test
    void acknowledgesAnEmptyList() {
        function.run("[]", new FakeContext());

        assertThat(account.quarantined).isEmpty();
    }

    @Test
    void throwsWhenTheStoreFailsSoThatEventGridDeliversAgain() {
        String event = FakeAccount.deleted("unlucky");

        assertThatThrownBy(() -> function.run(event, new FakeContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table is throttled");
    }
}
