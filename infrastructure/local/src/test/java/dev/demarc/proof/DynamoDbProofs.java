package dev.demarc.proof;

import dev.demarc.testing.RequiresLocalStack;
import dev.demarc.testing.RequiresToxiproxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Random;
import java.util.UUID;

/** Makes tables in a LocalStack, and a network that fails in front of it. */
final class DynamoDbProofs {
    private DynamoDbProofs() {}

    static DynamoDbTable table(RequiresLocalStack localStack) {
        return DynamoDbTable.create(localStack.container().getEndpoint().toString(), "proof-" + UUID.randomUUID());
    }

    /** A table of its own, straight to LocalStack. */
    static Bench bench(RequiresLocalStack localStack, Random random) {
        return new DynamoDbBench(table(localStack), random);
    }

    /** A table of its own, behind a proxy of its own. */
    static Bench behindProxy(RequiresLocalStack localStack, RequiresToxiproxy toxiproxy, Random random) {
        DynamoDbTable table = table(localStack);
        URI upstream = URI.create(table.endpoint());
        try {
            var proxy = new ToxiproxyClient("127.0.0.1", toxiproxy.port())
                    .createProxy(table.name(), "127.0.0.1:0", "127.0.0.1:" + upstream.getPort());
            return new DynamoDbBench(table, new FaultyNetwork(proxy, random), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
