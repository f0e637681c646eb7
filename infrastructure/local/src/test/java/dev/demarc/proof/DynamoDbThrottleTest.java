package dev.demarc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.testing.RequiresLocalStack;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** Every second request is answered with the table's own word for too many; the SDK tries again as it does in production. */
@Tag("integration")
class DynamoDbThrottleTest {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    @Test
    void losesNothingWhenEverySecondRequestIsThrottled() {
        Random random = Length.random("throttled table");
        AtomicLong requests = new AtomicLong();
        DynamoDbTable table = DynamoDbProofs.table(LOCALSTACK);
        try (Bench bench = new DynamoDbBench(
                table, table.client(), table.client(new Throttling(requests)), random, Optional.empty())) {
            World world = new World(random, Length.of(6, 100), 2);
            AtomicLong calls = new AtomicLong();
            var store = Intercepted.store(bench.faulty(), call -> {
                calls.incrementAndGet();
                return call.proceed();
            });
            Functions functions = new Functions(store, world.reader(), () -> World.END);
            List<World.Delivery> deliveries = world.deliveries(random);
            int attempts = 0;
            for (int i = 0; i < deliveries.size(); i++) {
                do {
                    attempts++;
                } while (!functions
                                .deliver(List.of(deliveries.get(i).parcel(i)))
                                .isEmpty()
                        && attempts < 5 * deliveries.size());
            }
            int passes = 1;
            while (!bench.project(store, Steps.FREE) && passes < 20) {
                passes++;
            }

            Reckoning reckoning = Reckoning.of(bench.store(), world);
            Report.line(
                    "throttled dynamodb",
                    "%d deliveries in %d attempts, %d passes of the projector, %d calls of the store, %d requests; %s",
                    deliveries.size(),
                    attempts,
                    passes,
                    calls.get(),
                    requests.get(),
                    reckoning);
            assertThat(requests.get()).as("requests must have been throttled").isGreaterThan(calls.get());
            assertThat(reckoning).isEqualTo(Reckoning.EXACT);
        }
    }

    private record Throttling(AtomicLong requests) implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            if (requests.incrementAndGet() % 2 == 0) {
                throw ProvisionedThroughputExceededException.builder()
                        .message("The level of configured provisioned throughput for the table was exceeded")
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .build())
                        .build();
            }
        }
    }
}
