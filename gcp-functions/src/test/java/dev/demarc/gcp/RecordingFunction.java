package dev.demarc.gcp;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The function with an account in memory, as the real invoker loads it; writes what was recorded to the file that the test reads. */
public final class RecordingFunction implements CloudEventsFunction {
    static final String FILE = "DEMARC_TEST_RECORDED";

    private final FakeAccount account = new FakeAccount();
    private final AssetChangeFunction function = new AssetChangeFunction(account.intake(), InstantSource.system());

    @Override
    public void accept(CloudEvent event) throws IOException {
        function.accept(event);
        Files.write(Path.of(System.getenv(FILE)), account.recorded);
    }
}
