package dev.demarc.local;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the Azure worker hands to a function, for a run on one machine. */
final class LocalAzureContext implements ExecutionContext {
    private static final Logger LOGGER = Logger.getLogger("demarc.local");

    static {
        // What is rejected is told by the command itself, with the input's name.
        LOGGER.setLevel(Level.OFF);
        Logger.getLogger("dev.demarc.gcp").setLevel(Level.OFF);
    }

    @Override
    public Logger getLogger() {
        return LOGGER;
    }

    @Override
    public String getInvocationId() {
        return "local";
    }

    @Override
    public String getFunctionName() {
        return "local";
    }
}
