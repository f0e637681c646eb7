package dev.demarc.proof;

import dev.demarc.testing.RequiresLocalStack;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DynamoDbNthCallTest extends NthCallProof {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    @Override
    Bench bench(Random random) {
        return DynamoDbProofs.bench(LOCALSTACK, random);
    }

    @Override
    int resources() {
        return 2;
    }

    @Override
    int stride() {
        return Length.of(9, 1);
    }
}
