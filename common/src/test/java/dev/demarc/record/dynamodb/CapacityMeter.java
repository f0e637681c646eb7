package dev.demarc.record.dynamodb;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Adds up the capacity that the table reports for every call of a client, its indexes included, and the items that queries read. Of several
 * items of one size in a transaction the emulator reports one; so the items of a transaction are counted as DynamoDB bills them, two units
 * for each item of up to one kilobyte, and its indexes as reported.
 */
final class CapacityMeter implements ExecutionInterceptor {
    /** Capacity units written and read, items that reads looked at, and calls. */
    record Used(double written, double read, long items, long calls) {
        Used minus(Used before) {
            return new Used(written - before.written, read - before.read, items - before.items, calls - before.calls);
        }

        Used plus(Used other) {
            return new Used(written + other.written, read + other.read, items + other.items, calls + other.calls);
        }
    }

    static final double UNITS_OF_AN_ITEM = 2;

    private Used used = new Used(0, 0, 0, 0);

    synchronized Used used() {
        return used;
    }

    /** What the work used. */
    Used of(Runnable work) {
        Used before = used();
        work.run();
        return used().minus(before);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        ReturnConsumedCapacity all = ReturnConsumedCapacity.INDEXES;
        return switch (context.request()) {
            case GetItemRequest get ->
                get.toBuilder().returnConsumedCapacity(all).build();
            case QueryRequest query ->
                query.toBuilder().returnConsumedCapacity(all).build();
            case PutItemRequest put ->
                put.toBuilder().returnConsumedCapacity(all).build();
            case UpdateItemRequest update ->
                update.toBuilder().returnConsumedCapacity(all).build();
            case TransactWriteItemsRequest write ->
                write.toBuilder().returnConsumedCapacity(all).build();
            default -> context.request();
        };
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        used = used.plus(
                switch (context.response()) {
                    case GetItemResponse get -> new Used(0, units(get.consumedCapacity()), 1, 1);
                    case QueryResponse query -> new Used(0, units(query.consumedCapacity()), query.scannedCount(), 1);
                    case PutItemResponse put -> new Used(units(put.consumedCapacity()), 0, 0, 1);
                    case UpdateItemResponse update -> new Used(units(update.consumedCapacity()), 0, 0, 1);
                    case TransactWriteItemsResponse write ->
                        new Used(items(context.request()) + indexes(write), 0, 0, 1);
                    default -> new Used(0, 0, 0, 1);
                });
    }

    private static double items(SdkRequest request) {
        return request instanceof TransactWriteItemsRequest write
                ? write.transactItems().size() * UNITS_OF_AN_ITEM
                : 0;
    }

    private static double indexes(TransactWriteItemsResponse write) {
        return write.consumedCapacity().stream()
                .flatMap(capacity -> capacity.globalSecondaryIndexes().values().stream())
                .mapToDouble(Capacity::capacityUnits)
                .sum();
    }

    private static double units(ConsumedCapacity capacity) {
        return capacity.capacityUnits();
    }
}
