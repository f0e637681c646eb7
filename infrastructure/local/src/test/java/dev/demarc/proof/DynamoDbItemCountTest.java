package dev.demarc.proof;

import dev.demarc.testing.RequiresLocalStack;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

@Tag("integration")
class DynamoDbItemCountTest extends ItemCountProof {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    private final AtomicLong read = new AtomicLong();

    @Override
    Bench bench(Random random) {
        DynamoDbTable table = DynamoDbProofs.table(LOCALSTACK);
        return new DynamoDbBench(table, table.client(new Counting(read)), table.client(), random, Optional.empty());
    }

    @Override
    int accounts() {
        return Length.of(5, 50);
    }

    @Override
    List<Integer> sizes() {
        return Length.chosen() == Length.LONG ? List.of(1_000, 10_000) : List.of(200, 600);
    }

    @Override
    void fill(Bench bench, Crowd crowd, int from, int to) {
        for (int i = from; i < to; i++) {
            bench.store().record(crowd.resource(i));
        }
        bench.project(bench.store(), Steps.FREE);
    }

    @Override
    long engineReads() {
        return read.getAndSet(0);
    }

    /** Adds up the items that DynamoDB says it read, filtered ones included. */
    private record Counting(AtomicLong read) implements ExecutionInterceptor {
        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            read.addAndGet(
                    switch (context.response()) {
                        case QueryResponse query -> query.scannedCount();
                        case ScanResponse scan -> scan.scannedCount();
                        case GetItemResponse ignored -> 1;
                        case BatchGetItemResponse many ->
                            many.responses().values().stream()
                                    .mapToInt(List::size)
                                    .sum();
                        default -> 0;
                    });
        }
    }
}
