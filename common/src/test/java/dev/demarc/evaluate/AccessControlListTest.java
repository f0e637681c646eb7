package dev.demarc.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessControlListTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"grantList":[{"grantee":"AllUsers"}]}; HOLDS
            {"Grants":[{"Grantee":{"URI":"http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}}]}; HOLDS
            {"grantList":[{"grantee":{"id":"1"}}]}; FAILS
            {"grantList":[{"grantee":{"other":"1"}}]}; UNDETERMINED
            """)
    void grantsEveryoneByTheTwoPublicGroups(String acl, Truth.Value expected) {
        assertThat(AccessControlList.grantsEveryone(JsonReader.parse(acl))).isEqualTo(expected);
    }
}
