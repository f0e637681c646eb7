package dev.demarc.proof;

import dev.demarc.testing.RequiresLocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DynamoDbCrashTest extends CrashProof {
    @RegisterExtension
    static final RequiresLocalStack LOCALSTACK = new RequiresLocalStack("dynamodb", "dynamodbstreams");

    @Override
    String place(Path ownFolder, int run) {
        DynamoDbTable table = DynamoDbProofs.table(LOCALSTACK);
        return "dynamodb:" + table.endpoint() + " " + table.name();
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
