package dev.demarc.record.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Turns the first answers to writes into server errors after the store has applied them, so that the client repeats the call. */
final class LostAnswers implements ExecutionInterceptor {
    private final AtomicInteger left;

    LostAnswers(int count) {
        this.left = new AtomicInteger(count);
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        boolean writes = context.request() instanceof TransactWriteItemsRequest
                || context.request() instanceof UpdateItemRequest;
        return writes && left.getAndDecrement() > 0
                ? context.httpResponse().toBuilder().statusCode(500).build()
                : context.httpResponse();
    }
}
