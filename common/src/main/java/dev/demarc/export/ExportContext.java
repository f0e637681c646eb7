package dev.demarc.export;

import java.time.Instant;
import java.util.Optional;

/**
 * What an export says about itself: when it is made, of which tenant, by which version of the product, and, for ASFF, the Security Hub that
 * the findings are for.
 */
public record ExportContext(Instant now, String tenant, String version, Optional<SecurityHub> securityHub) {

    public ExportContext(Instant now, String tenant, String version) {
        this(now, tenant, version, Optional.empty());
    }

    /** The account and region whose Security Hub imports the findings, as its own default product. */
    public record SecurityHub(String account, String region) {
        public SecurityHub {
            if (!account.matches("\\d{12}")) {
                throw new IllegalArgumentException("'" + account + "' is not an AWS account; it has twelve digits");
            }
            if (!region.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
                throw new IllegalArgumentException(
                        "'" + region + "' is not an AWS region; expected a form like eu-west-1");
            }
        }

        String partition() {
            return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        }

        String productArn() {
            return "arn:" + partition() + ":securityhub:" + region + ":" + account + ":product/" + account + "/default";
        }
    }
}
