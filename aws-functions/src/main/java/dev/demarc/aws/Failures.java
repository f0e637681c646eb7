package dev.demarc.aws;

import dev.demarc.pipeline.Transient;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tells failures of the AWS SDK apart. */
final class Failures {
    private Failures() {}

    static boolean isDenied(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return e.statusCode() == 403 || (code != null && code.startsWith("AccessDenied"));
    }

    /** The failure to throw. One that may pass has been tried again by the SDK already, so it is not tried again here. */
    static RuntimeException of(SdkException e, String call) {
        boolean passes = switch (e) {
            case AwsServiceException answer -> answer.isThrottlingException() || answer.statusCode() >= 500;
            case SdkClientException ignored -> true;
            default -> false;
        };
        return passes ? new Transient(call + " failed: " + e.getClass().getSimpleName(), Transient.Tries.SPENT, e) : e;
    }
}
