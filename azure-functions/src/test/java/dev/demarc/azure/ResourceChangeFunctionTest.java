package dev.demarc.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.ExecutionContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceChangeFunctionTest {
    private final FakeAccount account = new FakeAccount();
    private final ResourceChangeFunction function = new ResourceChangeFunction(
            account.changePipeline(), InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z")));

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
    @ValueSource(strings = {"", "no JSON", "{\"eventType\":", "{}", "[]", "7"})
    void acknowledgesWhatCannotBeUnderstood(String event) {
        function.run(event, new FakeContext());

        assertThat(account.recorded).isEmpty();
    }

    @Test
    void throwsWhenTheStoreFailsSoThatEventGridDeliversAgain() {
        String event = FakeAccount.deleted("unlucky");

        assertThatThrownBy(() -> function.run(event, new FakeContext()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table is throttled");
    }

    private record FakeContext() implements ExecutionContext {
        @Override
        public Logger getLogger() {
            return Logger.getLogger("test");
        }

        @Override
        public String getInvocationId() {
            return "invocation-1";
        }

        @Override
        public String getFunctionName() {
            return "ResourceChange";
        }
    }
}
