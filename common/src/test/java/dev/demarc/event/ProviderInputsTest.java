package dev.demarc.event;

import static dev.demarc.event.Fixture.FALLBACK;
import static dev.demarc.event.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.demarc.event.ChangeEvent.Changed;
import dev.demarc.event.ChangeEvent.Deleted;
import dev.demarc.event.ChangeEvent.Ignored;
import dev.demarc.event.ChangeEvent.Rejected;
import dev.demarc.event.ChangeEvent.Touched;
import dev.demarc.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderInputsTest {
    private static final List<String> FIXTURES = List.of(
            "aws/config-item-change.json",
            "aws/config-item-oversized.json",
            "aws/batch-get.json",
            "azure/resource-write.json",
            "azure/resource-notification.json",
            "azure/arm-list.json",
            "gcp/bucket-change.json",
            "gcp/bucket-policy-change.json",
            "gcp/bucket-delete.json",
            "gcp/export.json");

    @Test
    void readsEveryProviderInOneList() {
        Json mixed = Json.array(List.of(
                json("aws/config-item-change.json"),
                Json.of(7),
                json("azure/resource-write.json"),
                json("gcp/bucket-delete.json")));

        assertThat(ProviderInputs.decode(mixed, FALLBACK))
                .hasExactlyElementsOfTypes(Changed.class, Rejected.class, Touched.class, Deleted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{", "{}", "null", "7", "\"text\"", "{\"name\":\"x\",\"type\":\"y\"}"})
    void saysWhatItExpectsInsteadOfUnknownText(String text) {
        assertThat(ProviderInputs.decode(text, FALLBACK))
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.because()).contains("expected"));
    }

    @Test
    void ignoresAnEmptyList() {
        assertThat(ProviderInputs.decode("[]", FALLBACK)).hasExactlyElementsOfTypes(Ignored.class);
    }

    @Test
    void neverThrowsWhenAnyPartOfAMessageIsSomethingElse() {
        List<Json> oddities = List.of(
                Json.JsonNull.NULL,
                Json.of(true),
                Json.of(-1),
                Json.of(" "),
                Json.of("a|b"),
                Json.of("{"),
                Json.array(List.of()));

        for (String fixture : FIXTURES) {
            for (Json oddity : oddities) {
                replaceEachPart(json(fixture), oddity)
                        .forEach(input -> assertThatCode(() -> assertThat(ProviderInputs.decode(input, FALLBACK))
                                        .isNotEmpty())
                                .as("%s with %s", fixture, oddity)
                                .doesNotThrowAnyException());
            }
        }
    }

    private static List<Json> replaceEachPart(Json value, Json oddity) {
        List<Json> variants = new ArrayList<>(List.of(oddity));
        if (value instanceof Json.JsonObject(Map<String, Json> members)) {
            members.forEach((name, inside) -> replaceEachPart(inside, oddity).forEach(changed -> {
                Json.Builder copy = Json.object();
                members.forEach((key, kept) -> copy.with(key, key.equals(name) ? changed : kept));
                variants.add(copy.build());
            }));
        }
        for (int i = 0; i < value.elements().size(); i++) {
            for (Json changed : replaceEachPart(value.elements().get(i), oddity)) {
                List<Json> copy = new ArrayList<>(value.elements());
                copy.set(i, changed);
                variants.add(Json.array(copy));
            }
        }
        return variants;
    }
}
