package dev.demarc.normalise;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Setting;
import dev.demarc.model.Labels;
import dev.demarc.model.Resource;
import dev.demarc.model.ResourceId;
import dev.demarc.model.SettingValue;
import dev.demarc.model.Version;
import java.util.HashMap;
import java.util.Map;

/** Turns a provider's document into a resource with named settings. Pure. */
public final class Normaliser {
    private Normaliser() {}

    public static Resource normalise(
            CatalogueEntry entry, ResourceId id, Version version, Labels labels, SourceDocument document) {
        return new Resource(id, entry.serviceType(), version, labels, settings(entry, document));
    }

    /** The settings alone. */
    public static Map<String, SettingValue> settings(CatalogueEntry entry, SourceDocument document) {
        SettingReader reader = new SettingReader(entry, document);
        Map<String, SettingValue> settings = HashMap.newHashMap(entry.settings().size());
        for (Setting setting : entry.settings().values()) {
            settings.put(setting.name(), reader.read(setting));
        }
        return settings;
    }
}
