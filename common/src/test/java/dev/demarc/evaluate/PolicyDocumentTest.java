package dev.demarc.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.Condition.PolicyQuestion;
import dev.demarc.json.JsonReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # condition, expected
            {}; HOLDS
            {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}; FAILS
            {"StringEquals":{"AWS:SourceAccount":"111122223333"}}; FAILS
            {"StringEqualsIfExists":{"aws:SourceAccount":"111122223333"}}; HOLDS
            {"ForAllValues:StringEquals":{"aws:SourceAccount":"111122223333"}}; HOLDS
            {"StringNotEquals":{"aws:SourceAccount":"111122223333"}}; HOLDS
            {"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}; HOLDS
            {"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}; HOLDS
            {"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}; FAILS
            []; UNDETERMINED
            {"StringEquals":"x"}; UNDETERMINED
            """)
    void grantsEveryoneUnlessAConditionNarrowsIt(String condition, Truth.Value expected) {
        String policy = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Condition\":" + condition + "}}";

        assertThat(ask(policy, PolicyQuestion.GRANTS_EVERYONE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"Effect":"Allow","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}}; HOLDS
            {"Effect":"Allow","Principal":{"AWS":["*"]}}; HOLDS
            {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"}}; FAILS
            {"Effect":"Deny","Principal":"*"}; FAILS
            {"Effect":"Perhaps","Principal":"*"}; UNDETERMINED
            {"Effect":"Allow","Principal":7}; UNDETERMINED
            "text"; UNDETERMINED
            """)
    void readsThePrincipalOfAStatement(String statement, Truth.Value expected) {
        assertThat(ask("{\"Statement\":[" + statement + "]}", PolicyQuestion.GRANTS_EVERYONE))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # resources of the first and of the second statement, condition, expected
            arn:aws:s3:::b; arn:aws:s3:::b/*; {"Bool":{"aws:SecureTransport":"false"}}; HOLDS
            arn:aws:s3:::b; arn:aws:s3:::b/*; {"Bool":{"aws:SecureTransport":false}}; HOLDS
            arn:aws:s3:::b; arn:aws:s3:::b; {"Bool":{"aws:SecureTransport":"false"}}; FAILS
            arn:aws:s3:::b/*; arn:aws:s3:::b/*; {"Bool":{"aws:SecureTransport":"false"}}; FAILS
            arn:aws:s3:::b; arn:aws:s3:::b/*; {"Bool":{"aws:SecureTransport":"true"}}; FAILS
            arn:aws:s3:::b; arn:aws:s3:::b/*; {"BoolIfExists":{"aws:SecureTransport":"false"}}; FAILS
            arn:aws:s3:::b; arn:aws:s3:::b/*; {}; FAILS
            """)
    void refusesPlaintextInOneStatementOrTwo(String first, String second, String condition, Truth.Value expected) {
        String policy = "{\"Statement\":[" + deny(first, condition) + "," + deny(second, condition) + "]}";

        assertThat(ask(policy, PolicyQuestion.REFUSES_PLAINTEXT)).isEqualTo(expected);
    }

    private static String deny(String resource, String condition) {
        return "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"" + resource
                + "\",\"Condition\":" + condition + "}";
    }

    private static Truth.Value ask(String policy, PolicyQuestion question) {
        return PolicyDocument.answers(JsonReader.parse(policy), question);
    }
}
