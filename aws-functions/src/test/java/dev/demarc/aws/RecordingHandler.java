package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The function with an account in memory, as the real runtime loads it; writes what was recorded to the file that the test reads. */
public final class RecordingHandler implements RequestStreamHandler {
    static final String FILE = "DEMARC_TEST_RECORDED";

    private final FakeAccount account = new FakeAccount();
    private final ConfigChangeFunction function =
            new ConfigChangeFunction(account.intake(), Log::warn, InstantSource.system());

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        function.handleRequest(input, output, context);
        Files.write(Path.of(System.getenv(FILE)), account.recorded);
    }
}
