package dev.demarc.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.ConfigurationItemStatus;
import software.amazon.awssdk.services.config.model.ConfigurationRecorder;
import software.amazon.awssdk.services.config.model.ConfigurationRecorderStatus;
import software.amazon.awssdk.services.config.model.DescribeConfigurationRecorderStatusResponse;
import software.amazon.awssdk.services.config.model.DescribeConfigurationRecordersResponse;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryRequest;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryResponse;
import software.amazon.awssdk.services.config.model.RecordingGroup;
import software.amazon.awssdk.services.config.model.ResourceNotDiscoveredException;
import software.amazon.awssdk.services.config.model.SelectResourceConfigRequest;
import software.amazon.awssdk.services.config.model.SelectResourceConfigResponse;

/** AWS Config in memory: its rows, its recorder, and what fails. */
final class FakeConfig implements ConfigClient {
    final List<String> expressions = new ArrayList<>();
    List<String> rows = List.of();

    @Nullable
    ConfigurationItemStatus lastStatus;

    @Nullable
    RuntimeException failure;

    @Nullable
    RecordingGroup group = RecordingGroup.builder().allSupported(true).build();

    boolean recording = true;

    @Override
    public DescribeConfigurationRecordersResponse describeConfigurationRecorders() {
        if (failure != null) {
            throw failure;
        }
        List<ConfigurationRecorder> recorders = group == null
                ? List.of()
                : List.of(ConfigurationRecorder.builder().recordingGroup(group).build());
        return DescribeConfigurationRecordersResponse.builder()
                .configurationRecorders(recorders)
                .build();
    }

    @Override
    public DescribeConfigurationRecorderStatusResponse describeConfigurationRecorderStatus() {
        return DescribeConfigurationRecorderStatusResponse.builder()
                .configurationRecordersStatus(ConfigurationRecorderStatus.builder()
                        .recording(recording)
                        .build())
                .build();
    }

    @Override
    public SelectResourceConfigResponse selectResourceConfig(SelectResourceConfigRequest request) {
        if (failure != null) {
            throw failure;
        }
        expressions.add(request.expression());
        return SelectResourceConfigResponse.builder().results(rows).build();
    }

    @Override
    public GetResourceConfigHistoryResponse getResourceConfigHistory(GetResourceConfigHistoryRequest request) {
        if (lastStatus == null) {
            throw ResourceNotDiscoveredException.builder().build();
        }
        return GetResourceConfigHistoryResponse.builder()
                .configurationItems(ConfigurationItem.builder()
                        .configurationItemStatus(lastStatus)
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return "config";
    }

    @Override
    public void close() {}
}
