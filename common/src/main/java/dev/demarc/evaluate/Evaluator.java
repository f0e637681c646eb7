package dev.demarc.evaluate;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Condition;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.Resource;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges every control of a service type on a resource. Pure: no I/O, no clock, no environment. */
public final class Evaluator {
    private Evaluator() {}

    public static SortedMap<ControlId, Verdict> evaluate(CatalogueEntry entry, Resource resource) {
        SortedMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (Responsibility row : entry.responsibilities()) {
            verdicts.put(row.control(), judge(row, resource.settings()));
        }
        return verdicts;
    }

    /** Every control UNKNOWN for one reason: the configuration could not be read. */
    public static SortedMap<ControlId, Verdict> unreadable(CatalogueEntry entry, String reason) {
        SortedMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (Responsibility row : entry.responsibilities()) {
            boolean ofProvider = row.decision() instanceof Responsibility.Decision.ByProvider;
            verdicts.put(row.control(), ofProvider ? judge(row, Map.of()) : new Verdict.Unknown(reason));
        }
        return verdicts;
    }

    /** The verdict of one row. */
    public static Verdict judge(Responsibility row, Map<String, SettingValue> settings) {
        return switch (row.decision()) {
            case Responsibility.Decision.ByProvider(String because) ->
                new Verdict.NotApplicable("the provider owns this: " + because);
            case Responsibility.Decision.ByAttestation(String because) ->
                new Verdict.Unknown("needs an attestation: " + because);
            case Responsibility.Decision.ByGuest(String because) ->
                new Verdict.Unknown("needs evidence from inside the guest: " + because);
            case Responsibility.Decision.Check check -> checked(row, check, settings);
        };
    }

    private static Verdict checked(
            Responsibility row, Responsibility.Decision.Check check, Map<String, SettingValue> settings) {
        Conditions conditions = new Conditions(settings);
        for (Responsibility.OwnerWhen arm : row.ownerWhen()) {
            Truth truth = conditions.test(arm.when());
            if (truth.holds()) {
                if (arm.owner() == Responsibility.Owner.PROVIDER) {
                    return new Verdict.NotApplicable("the provider owns this here: " + arm.because());
                }
                break;
            }
        }
        if (check.notApplicable().isPresent()) {
            Responsibility.Decision.NotApplicable notApplicable = check.notApplicable().get();
            if (conditions.test(notApplicable.when()).holds()) {
                return new Verdict.NotApplicable(notApplicable.because());
            }
        }
        return verdict(conditions, check.condition());
    }

    private static Verdict verdict(Conditions conditions, Condition condition) {
        Truth truth = conditions.test(condition);
        return switch (truth.value()) {
            case HOLDS ->
                truth.basis().isEmpty()
                        ? new Verdict.Unknown("nothing was read that shows it")
                        : new Verdict.Compliant(truth.basis());
            case FAILS -> new Verdict.NonCompliant(truth.sentence());
            case UNDETERMINED -> new Verdict.Unknown(truth.sentence());
        };
    }
}
