package dev.demarc.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

class AssetChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final AssetChangeFunction function = new AssetChangeFunction(
            account.changePipeline(), InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z")));

    @Test
    void recordsTheResourceOfAChange() {
        function.accept(new FakeEvent(FakeAccount.bucketChange("invoices")));

        assertThat(account.recorded).containsExactly("//storage.googleapis.com/invoices");
    }

    @Test
    void acknowledgesTheWelcomeMessageOfAFeed() {
        function.accept(new FakeEvent(FakeAccount.pubSub("You have successfully configured real time feed assets.")));

        assertThat(account.recorded).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{\"message\":", "no JSON", "{}", "{\"message\":{\"data\":\"%%%\"}}"})
    void acknowledgesWhatCannotBeUnderstood(@Nullable String text) {
        function.accept(new FakeEvent(text));

        assertThat(account.recorded).isEmpty();
    }

    @Test
    void throwsWhenTheStoreFailsSoThatPubSubDeliversAgain() {
        FakeEvent event = new FakeEvent(FakeAccount.bucketChange("unlucky"));

        assertThatThrownBy(() -> function.accept(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table is throttled");
    }
}
