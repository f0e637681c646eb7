package dev.demarc.query;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.record.Projected;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers of one row of the audit. */
final class AuditTally {
    /** The word for resources that an attestation speaks for. */
    static final String ATTESTED = "ATTESTED";

    // Ten thousand accounts without evidence are a number, not a list to read.
    private static final int GAPS_SHOWN = 100;

    private final boolean documented;
    private final Map<Category, Long> categories = new EnumMap<>(Category.class);
    private final Map<AccountId, Optional<String>> gaps = new HashMap<>();
    private long compliant;
    private long attested;
    private long nonCompliant;
    private long unknown;
    private long notApplicable;
    private long validated;
    private long waived;

    AuditTally(boolean documented) {
        this.documented = documented;
    }

    /**
     * Counts resources of an account. {@code gap} says why the account's evidence does not validate the control; {@code waiver} covers them
     * all.
     */
    void count(String word, long count, AccountId account, Optional<String> gap, Optional<Finding.Waived> waiver) {
        gaps.put(account, gap);
        switch (word) {
            case Projected.COMPLIANT -> applies(true, gap.isEmpty(), count);
            case Projected.FIXED -> applies(true, false, count);
            case ATTESTED -> {
                attested += count;
                applies(true, false, count);
            }
            case Projected.NON_COMPLIANT -> {
                nonCompliant += count;
                applies(false, gap.isEmpty(), count);
            }
            case Projected.UNKNOWN -> {
                unknown += count;
                applies(false, gap.isEmpty(), count);
            }
            case Projected.NOT_APPLICABLE -> notApplicable += count;
            default -> throw new IllegalStateException("a rollup has the verdict '" + word + "'");
        }
        boolean open = switch (word) {
            case Projected.NON_COMPLIANT, Projected.UNKNOWN, Projected.FIXED, ATTESTED -> true;
            default -> false;
        };
        waived += open && waiver.isPresent() ? count : 0;
    }

    private void applies(boolean implemented, boolean isValidated, long count) {
        compliant += implemented ? count : 0;
        validated += isValidated ? count : 0;
        categories.merge(new Assurance(documented, implemented, isValidated).category(), count, Long::sum);
    }

    long compliant() {
        return compliant;
    }

    long attested() {
        return attested;
    }

    long waived() {
        return waived;
    }

    long applicable() {
        return compliant + nonCompliant + unknown;
    }

    long count(Category category) {
        return categories.getOrDefault(category, 0L);
    }

    String implementedAnswer() {
        return answer(compliant);
    }

    String validatedAnswer() {
        return answer(validated);
    }

    private String answer(long yes) {
        if (applicable() == 0) {
            return "NOT_APPLICABLE";
        }
        return yes == applicable() ? "YES" : yes == 0 ? "NO" : "PARTLY";
    }

    Json implementedJson() {
        return Json.object()
                .with("answer", implementedAnswer())
                .with("compliant", compliant)
                .with("attested", attested)
                .with("nonCompliant", nonCompliant)
                .with("unknown", unknown)
                .with("notApplicable", notApplicable)
                .build();
    }

    Json validatedJson() {
        return Json.object()
                .with("answer", validatedAnswer())
                .with("resources", validated)
                .with("accounts", gaps.size())
                .with(
                        "accountsWithGap",
                        gaps.values().stream().filter(Optional::isPresent).count())
                .with("gaps", Json.array(gapsJson()))
                .build();
    }

    private List<Json> gapsJson() {
        return gaps.entrySet().stream()
                .filter(one -> one.getValue().isPresent())
                .sorted(Map.Entry.comparingByKey(TypeInAccount.BY_ACCOUNT))
                .limit(GAPS_SHOWN)
                .<Json>map(one -> Json.object()
                        .with("account", one.getKey().account())
                        .with("reason", one.getValue())
                        .build())
                .toList();
    }
}
