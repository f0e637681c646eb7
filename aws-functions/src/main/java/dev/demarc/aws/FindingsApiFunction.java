package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.api.ApiRequest;
import dev.demarc.api.ApiResponse;
import dev.demarc.api.FindingsApi;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The API behind API Gateway: proxy events of payload format 1.0 and 2.0. */
public final class FindingsApiFunction implements RequestStreamHandler {
    private final FindingsApi api;
    private final GatewayCallers callers;
    private final InstantSource clock;

    public FindingsApiFunction() {
        this(AwsWiring.fromEnvironment());
    }

    private FindingsApiFunction(AwsWiring wiring) {
        this(wiring.api(), wiring.callers(), InstantSource.system());
    }

    public FindingsApiFunction(FindingsApi api, GatewayCallers callers, InstantSource clock) {
        this.api = api;
        this.callers = callers;
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Json event = JsonReader.parse(input);
        ApiRequest request = GatewayEvent.request(event, callers.scope(event.at("requestContext"), clock.instant()));
        ApiResponse response = api.handle(request);
        output.write(GatewayEvent.answer(response).write().getBytes(StandardCharsets.UTF_8));
    }
}
