package dev.demarc.catalogue.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.ConditionSettings;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.Setting;
import dev.demarc.evaluate.Evaluator;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import dev.demarc.normalise.Normaliser;
import dev.demarc.normalise.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * No verdict COMPLIANT without a value positively read: generated from the rows. For every case that is COMPLIANT, every value that the row
 * reads is removed, nulled, renamed and retyped. A verdict may stay COMPLIANT only when it no longer rests on that value (another
 * alternative of the row is met), or when the row declares that the provider omits the value when the secure default holds.
 */
class NoFalsePassTest {
    private static final Path OMITTED = Path.of("src/test/resources/omitted-when-secure.txt");

    private interface Reading {
        Map<String, SettingValue> settings(CatalogueEntry entry, SourceDocument original, SourceDocument damaged);
    }

    private record Run(List<String> falsePasses, TreeSet<String> omittedWhenSecure, int mutations) {}

    @Test
    void neverPassesOnAValueThatIsRemovedNulledRenamedOrRetyped() {
        Run run = run((entry, original, damaged) -> Normaliser.settings(entry, damaged));

        assertThat(run.falsePasses).isEmpty();
        assertThat(run.mutations).isGreaterThan(1000);
    }

    @Test
    void failsWhenTheGuardIsTakenOut() {
        // Without the guard an unknown value counts as what it was before the damage: the same run must then find false
        // passes.
        Run run = run((entry, original, damaged) -> {
            Map<String, SettingValue> settings = new HashMap<>(Normaliser.settings(entry, damaged));
            Map<String, SettingValue> before = Normaliser.settings(entry, original);
            settings.replaceAll(
                    (name, value) -> value instanceof SettingValue.Unknown ? before.getOrDefault(name, value) : value);
            return settings;
        });

        assertThat(run.falsePasses).hasSizeGreaterThan(100);
    }

    @Test
    void listsTheRowsThatRelyOnOmittedWhenSecure() throws IOException {
        Run run = run((entry, original, damaged) -> Normaliser.settings(entry, damaged));
        String listed = String.join("\n", run.omittedWhenSecure) + "\n";

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(OMITTED, listed);
        }

        assertThat(listed).isEqualTo(Files.readString(OMITTED));
    }

    @Test
    void neverPassesByAbsenceInADocumentThatWasNotReadWhole() {
        List<String> falsePasses = new ArrayList<>();
        CatalogueFiles.cases()
                .forEach((entry, cases) -> compliant(cases).forEach(one -> {
                    SourceDocument partial = new SourceDocument(
                            one.document().main(), false, one.document().companions());
                    Map<String, SettingValue> settings = Normaliser.settings(entry, partial);
                    if (Evaluator.judge(row(entry, one.control()), settings)
                            instanceof Verdict.Compliant(List<String> basis)) {
                        basis.stream()
                                .filter(name -> isByAbsence(settings.get(name)))
                                .forEach(name -> falsePasses.add(
                                        one.place() + " " + one.control() + " by the absence of " + name));
                    }
                }));

        assertThat(falsePasses).isEmpty();
    }

    @Test
    void neverPassesOnACompanionThatIsDeniedOrMissing() {
        List<String> falsePasses = new ArrayList<>();
        CatalogueFiles.cases()
                .forEach((entry, cases) -> compliant(cases).forEach(one -> {
                    for (String name : entry.companions().keySet()) {
                        for (SourceDocument.Companion gone : List.of(
                                new SourceDocument.Companion.Denied("x:Read"),
                                new SourceDocument.Companion.Missing("gone"))) {
                            Map<String, SourceDocument.Companion> companions =
                                    new LinkedHashMap<>(one.document().companions());
                            companions.put(name, gone);
                            SourceDocument without =
                                    new SourceDocument(one.document().main(), true, companions);
                            Verdict verdict =
                                    Evaluator.judge(row(entry, one.control()), Normaliser.settings(entry, without));
                            if (verdict instanceof Verdict.Compliant(List<String> basis)
                                    && basis.stream()
                                            .anyMatch(setting ->
                                                    isOf(entry.settings().get(setting), name))) {
                                falsePasses.add(one.place() + " " + one.control() + " without companion " + name);
                            }
                        }
                    }
                }));

        assertThat(falsePasses).isEmpty();
    }

    private static Run run(Reading reading) {
        List<String> falsePasses = new ArrayList<>();
        TreeSet<String> omitted = new TreeSet<>();
        int[] mutations = {0};
        CatalogueFiles.cases()
                .forEach((entry, cases) -> compliant(cases).forEach(one -> {
                    Responsibility row = row(entry, one.control());
                    if (!(row.decision() instanceof Responsibility.Decision.Check check)) {
                        return;
                    }
                    for (String name : ConditionSettings.of(check.condition())) {
                        Setting setting = entry.settings().get(name);
                        if (setting == null) {
                            continue;
                        }
                        for (Mutations.Mutation mutation : Mutations.of(entry, setting, one.document())) {
                            mutations[0]++;
                            Map<String, SettingValue> settings =
                                    reading.settings(entry, one.document(), mutation.document());
                            if (Evaluator.judge(row, settings) instanceof Verdict.Compliant(List<String> basis)
                                    && basis.contains(mutation.setting())) {
                                if (isDeclared(setting, mutation)) {
                                    omitted.add(entry.serviceType() + " "
                                            + entry.form().word() + " " + one.control() + " " + name);
                                } else {
                                    falsePasses.add(one.place() + " " + one.control() + ": " + mutation.kind() + " "
                                            + mutation.where());
                                }
                            }
                        }
                    }
                }));
        return new Run(falsePasses, omitted, mutations[0]);
    }

    private static boolean isDeclared(Setting setting, Mutations.Mutation mutation) {
        boolean absent = mutation.kind() == Mutations.Kind.REMOVED
                || mutation.kind() == Mutations.Kind.NULLED
                || mutation.kind() == Mutations.Kind.RENAMED;
        boolean declared = setting.absence().isPresent()
                || setting.elementsMayOmit()
                || setting.fields().values().stream()
                        .anyMatch(field -> field.absence().isPresent() || field.elementsMayOmit());
        return absent && declared;
    }

    private static boolean isByAbsence(@org.jspecify.annotations.Nullable SettingValue value) {
        return switch (value) {
            case SettingValue.Known known -> known.byAbsence();
            case SettingValue.Elements elements -> elements.byAbsence();
            case SettingValue.Unknown ignored -> false;
            case null -> false;
        };
    }

    private static boolean isOf(@org.jspecify.annotations.Nullable Setting setting, String companion) {
        return setting != null && setting.companion().filter(companion::equals).isPresent();
    }

    private static List<Cases.Case> compliant(List<Cases.Case> cases) {
        return cases.stream().filter(one -> one.expect().equals("COMPLIANT")).toList();
    }

    private static Responsibility row(CatalogueEntry entry, String control) {
        return entry.responsibilities().stream()
                .filter(row -> row.control().value().equals(control))
                .findFirst()
                .orElseThrow();
    }
}
