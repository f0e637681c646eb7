package dev.demarc.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetCheckTest {
    private static final TargetCheck STRICT = TargetCheck.strict();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.1.2.3",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "::a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:0:7f00:1::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2a00:1450::5efe:a00:1",
                "2a00:1450::200:5efe:a00:1",
                "5f00::1"
            })
    void refusesAnAddressThatIsNotOnThePublicInternet(String address) throws UnknownHostException {
        InetAddress inside = InetAddress.getByName(address);

        assertThat(STRICT.refusal(inside)).isPresent();
        assertThat(STRICT.refusal(inside).orElseThrow()).doesNotContain(address);
        assertThat(STRICT.refusal(URI.create("https://" + bracketed(address) + "/hook")))
                .isPresent();
        assertThat(STRICT.exempting(Set.of(inside)).refusal(inside))
                .as("exempt")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "168.63.129.15",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001::8a",
                "2001:4860:4860::8888",
                "::ffff:8.8.8.8"
            })
    void letsAnAddressOfThePublicInternetPass(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isEmpty();
        assertThat(STRICT.refusal(URI.create("https://" + bracketed(address) + "/hook")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "hooks.example.com",
                "https:hooks.example.com",
                "https:///hook",
                "https://user@hooks.example.com/",
                "https://user:word@hooks.example.com/",
                "https://hooks.example.com@127.0.0.1/",
                "https://hooks.example.com:8443/",
                "https://hooks.example.com:80/",
                "https://hooks.example.com:22/",
                "https://hooks.example.com/#there",
                "https://localhost/",
                "https://LOCALHOST/",
                "https://localhost./",
                "https://app.localhost/",
                "https://hooks.internal/",
                "https://hooks.internal./",
                "https://metadata.google.internal/computeMetadata/v1/",
                "https://metadata.example.com/",
                "https://metadata/",
                "https://instance-data/",
                "https://kubernetes.default.svc/",
                "https://db.cluster.local/",
                "https://router.home.arpa/",
                "https://intranet/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.0.0.1./",
                "https://127.000.000.001/",
                "https://256.1.1.1/",
                "https://1.2.3.4.5/",
                "https://[fe80::1%25eth0]/",
                "https://[::1]/",
                "https://[::ffff:7f00:1]/",
                "https://under_score.example.com/",
                "https://-a.example.com/",
                "https://％31.example.com/",
                "https://１２７.0.0.1/",
                "https://hooks.example.com%2f@127.0.0.1/"
            })
    void refusesAUrlThatLeadsInsideOrIsNotHttps(String url) {
        assertThat(STRICT.refusal(URI.create(url))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/", "https://hooks.example.com:443/a?b=c", "HTTPS://HOOKS.EXAMPLE.COM/x",
                "https://hooks.example.com./", "https://xn--bcher-kva.example/", "https://a1.b2.example.org/hook",
                "https://notlocalhost.example.com/", "https://internal.example.com/"
            })
    void letsAUrlOfThePublicInternetPass(String url) {
        assertThat(STRICT.refusal(URI.create(url))).isEmpty();
    }

    @Test
    void allowsOtherPortsOnlyWhereTheyAreListed() {
        URI url = URI.create("https://hooks.example.com:8443/");

        assertThat(TargetCheck.ofPorts(Set.of(443, 8443)).refusal(url)).isEmpty();
        assertThat(STRICT.refusal(url)).contains("port 8443 is not allowed");
    }

    @Test
    void refusesAUrlThatIsTooLong() {
        assertThat(STRICT.refusal(URI.create("https://hooks.example.com/" + "a".repeat(2048))))
                .isPresent();
        assertThat(STRICT.refusal(URI.create("https://hooks.example.com/" + "a".repeat(2000))))
                .isEmpty();
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
