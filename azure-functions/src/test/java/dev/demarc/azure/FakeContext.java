package dev.demarc.azure;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.logging.Logger;

/** The context of an invocation in a test. */
record FakeContext() implements ExecutionContext {
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
        return "function";
    }
}
