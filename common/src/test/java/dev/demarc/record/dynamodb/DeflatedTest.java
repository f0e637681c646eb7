package dev.demarc.record.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DeflatedTest {
    private static final String VERDICTS =
            "{\"verdicts\":{\"DAT-01\":{\"verdict\":\"COMPLIANT\",\"reason\":\"read: encryption.at-rest\"}}} \u2713";

    @Test
    void givesBackWhatItWasGiven() {
        for (int length : new int[] {0, 1, 80, 1023, 1024, 8192, 100_000}) {
            byte[] random = new byte[length];
            new Random(length).nextBytes(random);

            assertThat(Deflated.plain(Deflated.of(random))).isEqualTo(random);
        }
        byte[] text = VERDICTS.getBytes(StandardCharsets.UTF_8);
        assertThat(Deflated.plain(Deflated.of(text))).isEqualTo(text);
    }

    @Test
    void readsWhatAnEarlierReleaseWrote() {
        // The bytes of the text above. When this fails, the dictionary was changed: give the new one a name and a
        // number of its own.
        byte[] earlier = HexFormat.of().parseHex("01aba6a4a9851830d64b2c018f1a2ad5d6d62a3c9a331900");

        assertThat(new String(Deflated.plain(earlier), StandardCharsets.UTF_8)).isEqualTo(VERDICTS);
    }

    @ParameterizedTest
    @CsvSource({
        "dictionary-1.txt, f8ee3d1de86babf2fc82141d6fe00bbd441a5a3fccf98171026324d778235dc6",
        "dictionary-2.txt, 41ad5fcba4e22c97a854a56e44cbe9616ff0012cd27213d5a65e75a4468e93bd"
    })
    void keepsItsDictionaries(String name, String digest) throws IOException {
        try (InputStream words = Objects.requireNonNull(Deflated.class.getResourceAsStream(name))) {
            assertThat(Digests.hex(words.readAllBytes())).isEqualTo(digest);
        }
    }

    @Test
    void refusesWhatIsCutOffOrOfAnotherKind() {
        byte[] whole = Deflated.of(VERDICTS.getBytes(StandardCharsets.UTF_8));
        byte[] other = whole.clone();
        other[0] = 9;

        for (byte[] bad : new byte[][] {Arrays.copyOf(whole, whole.length - 2), other, {}, {1}, {1, 127, 127}}) {
            assertThatThrownBy(() -> Deflated.plain(bad)).isInstanceOf(MalformedJson.class);
        }
    }

    @Test
    void refusesWhatGrowsBeyondBounds() {
        byte[] bomb = Deflated.of(new byte[64 << 20]);

        assertThat(bomb.length).isLessThan(100_000);
        assertThatThrownBy(() -> Deflated.plain(bomb)).hasMessageContaining("longer than");
    }

    @Test
    void storesShortBodiesAsTextAndLongOnesSmaller() {
        Json shortOne = Json.of("on");
        Json longOne = Json.object().with("text", "the same words ".repeat(40)).build();

        assertThat(Body.of(shortOne)).isEqualTo(AttributeValue.fromS("\"on\""));
        assertThat(Body.of(longOne).b().asByteArray().length).isLessThan(100);
        assertThat(Body.in(Map.of(Body.NAME, Body.of(longOne)))).isEqualTo(longOne);
        assertThat(Body.in(Map.of(Body.NAME, Body.of(shortOne)))).isEqualTo(shortOne);
    }

    @Test
    void saysWhatToDoWithABodyThatNoItemHolds() {
        StringBuilder random = new StringBuilder();
        new Random(1).ints(800_000, ' ', '~').forEach(c -> random.append((char) c));

        assertThatThrownBy(() -> Body.of(Json.of(random.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("split it");
    }
}
