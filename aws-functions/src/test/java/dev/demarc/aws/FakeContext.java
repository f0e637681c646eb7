package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.function.IntSupplier;

/** A context that knows only how much time is left. */
record FakeContext(IntSupplier remainingMillis) implements Context {
    @Override
    public int getRemainingTimeInMillis() {
        return remainingMillis.getAsInt();
    }

    @Override
    public String getAwsRequestId() {
        throw notAsked();
    }

    @Override
    public String getLogGroupName() {
        throw notAsked();
    }

    @Override
    public String getLogStreamName() {
        throw notAsked();
    }

    @Override
    public String getFunctionName() {
        throw notAsked();
    }

    @Override
    public String getFunctionVersion() {
        throw notAsked();
    }

    @Override
    public String getInvokedFunctionArn() {
        throw notAsked();
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw notAsked();
    }

    @Override
    public ClientContext getClientContext() {
        throw notAsked();
    }

    @Override
    public int getMemoryLimitInMB() {
        throw notAsked();
    }

    @Override
    public LambdaLogger getLogger() {
        throw notAsked();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the functions do not ask for this");
    }
}
