package dev.demarc.notify;

import dev.demarc.json.Json;
import dev.demarc.model.AccountId;
import dev.demarc.query.WorkloadHistory;
import dev.demarc.query.WorkloadInUse;
import dev.demarc.record.Documents;
import dev.demarc.record.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Remembers which service types each workload used, and since when: what is there now says nothing about what was. */
public final class Workloads {
    private static final String MARKS = "workload";

    private Workloads() {}

    /** Notes what appeared and what went since the last look. What did not change is not written. */
    public static void note(Documents documents, Scope scope, List<WorkloadInUse> inUse, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, MARKS, now);
        Map<String, WorkloadInUse> live = new HashMap<>();
        inUse.forEach(one -> live.put(subject(one.account(), one.workload()), one));
        marks.subjects()
                .forEach(subject ->
                        live.putIfAbsent(subject, new WorkloadInUse(account(subject), name(subject), new TreeMap<>())));
        live.forEach((subject, one) -> {
            Json seen = marks.seen(subject);
            WorkloadHistory before = WorkloadHistory.of(one.account(), one.workload(), seen);
            WorkloadHistory after = before.seen(one.resources(), now);
            if (!after.equals(before)) {
                marks.move(subject, after.json(), Optional.empty());
            }
        });
    }

    /** The histories of the accounts in the scope, by account and workload. */
    public static List<WorkloadHistory> read(Documents documents, Scope scope, Instant now) {
        ClockworkMarks marks = ClockworkMarks.load(documents, scope, MARKS, now);
        List<WorkloadHistory> histories = new ArrayList<>();
        for (String subject : marks.subjects()) {
            AccountId account = account(subject);
            if (scope.covers(account)) {
                histories.add(WorkloadHistory.of(account, name(subject), marks.seen(subject)));
            }
        }
        histories.sort(
                Comparator.comparing((WorkloadHistory one) -> one.account().key())
                        .thenComparing(WorkloadHistory::workload));
        return histories;
    }

    private static String subject(AccountId account, String workload) {
        return account.key() + "|" + workload;
    }

    private static AccountId account(String subject) {
        return AccountId.ofKey(subject.substring(0, subject.indexOf('|')));
    }

    private static String name(String subject) {
        return subject.substring(subject.indexOf('|') + 1);
    }
}
