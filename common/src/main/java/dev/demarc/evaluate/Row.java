package dev.demarc.evaluate;

import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row of the catalogue, compiled. */
final class Row {
    private record Arm(boolean provider, Check when, Verdict verdict) {}

    private final ControlId control;
    private final Optional<Verdict> constant;
    private final List<Arm> arms;
    private final Optional<Check> notApplicable;
    private final Verdict notApplicableVerdict;
    private final Check check;

    Row(Responsibility row) {
        this.control = row.control();
        this.arms = row.ownerWhen().stream()
                .map(arm -> new Arm(
                        arm.owner() == Responsibility.Owner.PROVIDER,
                        Checks.compile(arm.when()),
                        new Verdict.NotApplicable("the provider owns this here: " + arm.because())))
                .toList();
        this.constant = constant(row.decision());
        if (row.decision() instanceof Responsibility.Decision.Check decided) {
            this.check = Checks.compile(decided.condition());
            this.notApplicable = decided.notApplicable().map(one -> Checks.compile(one.when()));
            this.notApplicableVerdict = new Verdict.NotApplicable(decided.notApplicable()
                    .map(Responsibility.Decision.NotApplicable::because)
                    .orElse(""));
        } else {
            this.check = scope -> Truth.undetermined("configuration does not decide this");
            this.notApplicable = Optional.empty();
            this.notApplicableVerdict = new Verdict.NotApplicable("");
        }
    }

    private static Optional<Verdict> constant(Responsibility.Decision decision) {
        return switch (decision) {
            case Responsibility.Decision.ByProvider(String because) ->
                Optional.of(new Verdict.NotApplicable("the provider owns this: " + because));
            case Responsibility.Decision.ByAttestation(String because) ->
                Optional.of(new Verdict.Unknown("needs an attestation: " + because));
            case Responsibility.Decision.ByGuest(String because) ->
                Optional.of(new Verdict.Unknown("needs evidence from inside the guest: " + because));
            case Responsibility.Decision.Check ignored -> Optional.empty();
        };
    }

    ControlId control() {
        return control;
    }

    boolean isDecidable() {
        return constant.isEmpty();
    }

    Verdict judge(Map<String, SettingValue> settings) {
        if (constant.isPresent()) {
            return constant.get();
        }
        Check.Scope scope = new Check.Scope(Map.of(), settings);
        for (Arm arm : arms) {
            if (arm.when.test(scope).holds()) {
                if (arm.provider) {
                    return arm.verdict;
                }
                break;
            }
        }
        if (notApplicable.isPresent() && notApplicable.get().test(scope).holds()) {
            return notApplicableVerdict;
        }
        return check.test(scope).verdict();
    }
}
