package dev.demarc.aws;

import dev.demarc.pipeline.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ConfigurationRecorder;
import software.amazon.awssdk.services.config.model.RecordingGroup;

/** Which types AWS Config records here, from two calls: how the recorder is set up, and whether it is running. */
final class RecorderCoverage {
    private RecorderCoverage() {}

    static Inventory.Coverage read(ConfigClient config) {
        try {
            List<ConfigurationRecorder> recorders =
                    config.describeConfigurationRecorders().configurationRecorders();
            if (recorders.isEmpty()) {
                return gap("AWS Config has no recorder here; switch it on");
            }
            boolean runs = config.describeConfigurationRecorderStatus().configurationRecordersStatus().stream()
                    .anyMatch(status -> Boolean.TRUE.equals(status.recording()));
            return runs
                    ? of(recorders.getFirst().recordingGroup())
                    : gap("the recorder of AWS Config is stopped; start it");
        } catch (SdkException e) {
            if (e instanceof AwsServiceException answer && Failures.isDenied(answer)) {
                return gap(
                        "whether AWS Config records the type is not known: permission"
                                + " config:DescribeConfigurationRecorders or config:DescribeConfigurationRecorderStatus is denied");
            }
            throw Failures.of(e, "DescribeConfigurationRecorders");
        }
    }

    private static Inventory.Coverage gap(String because) {
        return ignored -> Optional.of(because);
    }

    private static Inventory.Coverage of(@org.jspecify.annotations.Nullable RecordingGroup group) {
        if (group == null || Boolean.TRUE.equals(group.allSupported())) {
            return ignored -> Optional.empty();
        }
        Set<String> excluded = group.exclusionByResourceTypes() == null
                ? Set.of()
                : Set.copyOf(group.exclusionByResourceTypes().resourceTypesAsStrings());
        if (!excluded.isEmpty()) {
            return type -> unless(!excluded.contains(type), type);
        }
        Set<String> included = Set.copyOf(group.resourceTypesAsStrings());
        return type -> unless(included.contains(type), type);
    }

    private static Optional<String> unless(boolean recorded, String type) {
        return recorded
                ? Optional.empty()
                : Optional.of("AWS Config does not record " + type + "; add it to the recorder");
    }
}
