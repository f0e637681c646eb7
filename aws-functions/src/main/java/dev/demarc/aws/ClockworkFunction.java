package dev.demarc.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.demarc.aws.wiring.AwsWiring;
import dev.demarc.json.Json;
import dev.demarc.notify.Clockwork;
import dev.demarc.notify.Deliveries;
import dev.demarc.record.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What happens because time passes, on a schedule of some minutes in the central account: notices of what lapsed, expired or is about to, the
 * counts of the day, and the delivery of notices to webhooks. Safe to run twice at once. Answers what it did, by tenant.
 */
public final class ClockworkFunction implements RequestStreamHandler {
    private final Clockwork clockwork;
    private final Deliveries deliveries;
    private final Set<String> tenants;
    private final InstantSource clock;

    public ClockworkFunction() {
        this(AwsWiring.fromEnvironment());
    }

    private ClockworkFunction(AwsWiring wiring) {
        this(wiring.clockwork(), wiring.deliveries(), wiring.tenantNames(), InstantSource.system());
    }

    public ClockworkFunction(Clockwork clockwork, Deliveries deliveries, Set<String> tenants, InstantSource clock) {
        this.clockwork = clockwork;
        this.deliveries = deliveries;
        this.tenants = Set.copyOf(tenants);
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<Json> done = tenants.stream().sorted().map(this::run).toList();
        Json answer = Json.object().with("tenants", Json.array(done)).build();
        output.write(answer.write().getBytes(StandardCharsets.UTF_8));
    }

    private Json run(String tenant) {
        Scope scope = Scope.operator(tenant);
        Clockwork.Tick tick = clockwork.tick(scope, clock.instant());
        Deliveries.Report report = deliveries.run(scope, clock);
        return Json.object()
                .with("tenant", tenant)
                .with("notices", tick.notices())
                .with("queued", report.queued())
                .with("delivered", report.delivered())
                .with("failed", report.failed())
                .with("dead", report.dead())
                .build();
    }
}
