package dev.demarc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.demarc.archfixture.elsewhere.Homeless;
import dev.demarc.archfixture.evaluate.Chatty;
import dev.demarc.archfixture.evaluate.Impatient;
import dev.demarc.archfixture.event.aws.Here;
import dev.demarc.archfixture.model.Upward;
import dev.demarc.archfixture.normalise.FileReading;
import dev.demarc.archfixture.query.Unscoped;
import dev.demarc.archfixture.record.EnvironmentReading;
import dev.demarc.archfixture.record.LibraryTouching;
import dev.demarc.record.ObservationStore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.demarc");

    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages("dev.demarc.archfixture");

    @ParameterizedTest
    @MethodSource("rules")
    void holdsInTheProduct(ArchRule rule) {
        assertThat(PRODUCT).as("classes of the product").isNotEmpty();

        rule.check(PRODUCT);
    }

    /** A rule that cannot fail protects nothing. */
    @ParameterizedTest
    @MethodSource("violations")
    void failsWhereItIsViolated(ArchRule rule, Class<?> violating) {
        assertThat(rule.evaluate(VIOLATIONS).getFailureReport().getDetails())
                .anySatisfy(detail -> assertThat(detail).contains(violating.getName()))
                .noneSatisfy(detail -> assertThat(detail).contains("Lawful"));
    }

    @Test
    void aReadWithoutScopeIsSeen() {
        ArchRule rule =
                methods().that().areDeclaredIn(ObservationStore.class).should(ArchitectureRules.takeTheScopeFirst());

        assertThat(rule.evaluate(PRODUCT).hasViolation()).isTrue();
    }

    static Stream<ArchRule> rules() {
        return new ArchitectureRules("dev.demarc").all();
    }

    static Stream<Arguments> violations() {
        ArchitectureRules rules = new ArchitectureRules("dev.demarc.archfixture");
        return Stream.of(
                arguments(rules.importsPointOneWay(), Upward.class),
                arguments(rules.everyPackageHasAStep(), Homeless.class),
                arguments(rules.packagesFormNoCycle(), Here.class),
                arguments(rules.pureStepsDoNoInputOrOutput(), FileReading.class),
                arguments(rules.pureStepsDoNotAskTheMachine(), Impatient.class),
                arguments(rules.pureStepsDoNotLog(), Chatty.class),
                arguments(rules.onlyWiringReadsTheEnvironment(), EnvironmentReading.class),
                arguments(rules.onlyTheCompilerReadsYaml(), LibraryTouching.class),
                arguments(rules.onlyJsonKnowsJackson(), LibraryTouching.class),
                arguments(rules.onlyTheStoreKnowsTheAwsSdk(), LibraryTouching.class),
                arguments(rules.answersGoThroughAScope(), Unscoped.class),
                arguments(rules.everyPackageIsNullMarked(), Homeless.class));
    }
}
