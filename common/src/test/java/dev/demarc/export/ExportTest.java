package dev.demarc.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import dev.demarc.query.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportTest {

    @Test
    void writesEachFindingAsTheApiShowsItOnALineOfItsOwn() {
        List<Finding> findings = Stream.concat(Findings.ofEveryKind().stream(), Findings.hostile())
                .toList();

        List<String> lines =
                Findings.write(ExportFormat.NDJSON, findings.stream()).lines().toList();

        assertThat(lines).hasSameSizeAs(findings);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(findings.get(i).json().write());
            assertThat(JsonReader.parse(lines.get(i)).textAt("reason", ""))
                    .isEqualTo(findings.get(i).reason());
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameTwice(ExportFormat format) {
        assertThat(Findings.write(format, Findings.ofEveryKind().stream()))
                .isEqualTo(Findings.write(format, Findings.ofEveryKind().stream()));
    }

    @ParameterizedTest
    @EnumSource
    void writesWhatItHasBeforeItReadsOn(ExportFormat format) {
        StringBuilder out = new StringBuilder();
        Stream<Finding> breaksOff = IntStream.iterate(0, i -> i + 1).mapToObj(i -> {
            if (i == 2500) {
                throw new IllegalStateException("the store is gone");
            }
            return Findings.resource(i);
        });

        assertThatThrownBy(() -> Export.write(format, breaksOff, Findings.CONTEXT, out))
                .hasMessage("the store is gone");

        assertThat(out).contains("bucket-0", "bucket-1999");
    }

    @ParameterizedTest
    @EnumSource
    void closesTheFindings(ExportFormat format) {
        AtomicBoolean closed = new AtomicBoolean();

        Findings.write(format, Stream.of(Findings.resource(1)).onClose(() -> closed.set(true)));

        assertThat(closed).isTrue();
    }

    @Test
    void refusesAsffWithoutASecurityHubBeforeItWritesAnything() {
        StringBuilder out = new StringBuilder();
        ExportContext context = new ExportContext(Findings.NOW, "main", "0.1.0");

        assertThatThrownBy(() -> Export.write(ExportFormat.ASFF, Stream.of(Findings.resource(1)), context, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("account and region");
        assertThat(out).isEmpty();
    }

    @Test
    void refusesASecurityHubThatIsNone() {
        assertThatThrownBy(() -> new ExportContext.SecurityHub("1234", "eu-west-1"))
                .hasMessageContaining("'1234'");
        assertThatThrownBy(() -> new ExportContext.SecurityHub("999988887777", "Ireland"))
                .hasMessageContaining("'Ireland'");
        assertThat(new ExportContext.SecurityHub("999988887777", "us-gov-west-1").productArn())
                .isEqualTo("arn:aws-us-gov:securityhub:us-gov-west-1:999988887777:product/999988887777/default");
    }

    @Test
    void findsAFormatByItsWord() {
        HashSet<String> files = new HashSet<>();
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(ExportFormat.of(format.word())).contains(format);
            assertThat(format.contentType()).isNotBlank();
            assertThat(files.add(format.fileName())).isTrue();
        }
        assertThat(ExportFormat.of("NDJSON")).isEmpty();
        assertThat(ExportFormat.of("xml")).isEmpty();
    }

    @Test
    void makesTheUuidOfTheStandardsExample() {
        // RFC 9562, appendix A.4: version 5 of www.example.com in the name space of DNS.
        assertThat(NameUuid.of(java.util.UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void cutsATextWithoutBreakingACharacter() {
        assertThat(Wording.cut("abc", 3)).isEqualTo("abc");
        assertThat(Wording.cut("abcd", 3)).isEqualTo("ab…");
        assertThat(Wording.cut("a😀cd", 3)).isEqualTo("a…");
        assertThat(Wording.line(" \u2028 a\nb\u0085 ")).isEqualTo("a b");
        assertThat(Wording.line("\n")).isEqualTo("-");
        assertThat(Json.of(Wording.line("half \ud83d")).write()).isEqualTo("\"half\"");
    }
}
