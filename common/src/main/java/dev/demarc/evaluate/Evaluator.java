package dev.demarc.evaluate;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.model.ControlId;
import dev.demarc.model.Resource;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Judges every control of one service type on its resources. Compiled once per entry. Pure: no I/O, no clock, no environment. */
public final class Evaluator {
    private final List<Row> rows;

    private Evaluator(List<Row> rows) {
        this.rows = rows;
    }

    public static Evaluator of(CatalogueEntry entry) {
        return new Evaluator(entry.responsibilities().stream().map(Row::new).toList());
    }

    public SortedMap<ControlId, Verdict> evaluate(Resource resource) {
        SortedMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (Row row : rows) {
            verdicts.put(row.control(), row.judge(resource.settings()));
        }
        return verdicts;
    }

    /** Every control that configuration decides UNKNOWN for one reason: the configuration could not be read. */
    public SortedMap<ControlId, Verdict> unreadable(String reason) {
        Verdict unknown = new Verdict.Unknown(reason);
        SortedMap<ControlId, Verdict> verdicts = new TreeMap<>();
        for (Row row : rows) {
            verdicts.put(row.control(), row.isDecidable() ? unknown : row.judge(Map.of()));
        }
        return verdicts;
    }

    /** The verdict of one row. */
    public static Verdict judge(Responsibility row, Map<String, SettingValue> settings) {
        return new Row(row).judge(settings);
    }
}
