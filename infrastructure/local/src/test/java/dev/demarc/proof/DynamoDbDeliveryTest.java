package dev.demarc.proof;

import dev.demarc.testing.RequiresLocalStack;
import dev.demarc.testing.RequiresToxiproxy;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DynamoDbDeliveryTest extends DeliveryProof {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    @RegisterExtension
    static final RequiresToxiproxy TOXIPROXY = new RequiresToxiproxy();

    @Override
    Bench bench(Random random) {
        return DynamoDbProofs.behindProxy(LOCALSTACK, TOXIPROXY, random);
    }

    @Override
    int resources() {
        return Length.of(250, Integer.getInteger("demarc.proof.resources", 25_000));
    }

    @Override
    int resourcesOfControls() {
        return 60;
    }
}
