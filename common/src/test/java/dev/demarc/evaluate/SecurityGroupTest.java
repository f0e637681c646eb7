package dev.demarc.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.JsonReader;
import dev.demarc.model.SettingValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityGroupTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}; HOLDS
            {"ipProtocol":"tcp","fromPort":0,"toPort":1024,"ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}; HOLDS
            {"ipProtocol":"6","fromPort":22,"toPort":22,"ipv6Ranges":[{"cidrIpv6":"::/0"}]}; HOLDS
            {"ipProtocol":"-1","ipRanges":["0.0.0.0/0"]}; HOLDS
            {"ipProtocol":"tcp","fromPort":23,"toPort":80,"ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}; FAILS
            {"ipProtocol":"udp","fromPort":22,"toPort":22,"ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}; FAILS
            {"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipv4Ranges":[{"cidrIp":"10.0.0.0/8"}]}; FAILS
            {"ipProtocol":"tcp","fromPort":22,"toPort":22}; UNDETERMINED
            {"ipProtocol":"tcp","fromPort":22,"toPort":22,"ipv4Ranges":"0.0.0.0/0"}; UNDETERMINED
            {"fromPort":22,"toPort":22,"ipv4Ranges":[{"cidrIp":"0.0.0.0/0"}]}; UNDETERMINED
            """)
    void opensThePortOnlyToEveryAddressOverTcp(String permission, Truth.Value expected) {
        Map<String, SettingValue> fields = Map.of("$", new SettingValue.Known(JsonReader.parse(permission), false));

        assertThat(SecurityGroup.opens(List.of(fields), List.of(22))).isEqualTo(expected);
    }
}
