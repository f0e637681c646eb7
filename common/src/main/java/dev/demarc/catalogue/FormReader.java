package dev.demarc.catalogue;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Map;

/**
 * Reads where a further source form (CloudFormation, Terraform) holds the settings of a service type. The result is the same service type
 * with the same rows, read from another document; a setting that the form does not hold is UNKNOWN in it.
 */
public final class FormReader {
    private FormReader() {}

    /** The entry as this form has it; when {@code issues} is not empty afterwards, it must not be used. */
    public static CatalogueEntry read(CatalogueEntry entry, Json json, Issues issues) {
        CatalogueEntry.Form form = "terraform".equals(json.textAt("form", ""))
                ? CatalogueEntry.Form.TERRAFORM
                : CatalogueEntry.Form.CLOUDFORMATION;
        if (!json.textAt("service-type", "").equals(entry.serviceType().name())) {
            issues.add("/service-type", "is not the service type " + entry.serviceType() + " of the file beside it");
        }
        List<String> types = json.at("types").elements().stream()
                .flatMap(type -> type.text().stream())
                .toList();
        if (types.isEmpty()) {
            issues.add("/types", "names no resource type");
            return entry;
        }
        SettingsReader reader =
                new SettingsReader(form, json.at("sources").members().keySet(), issues);
        Map<String, CompanionSpec> companions = reader.companions(json.at("companions"));
        return entry.in(
                form,
                new CatalogueEntry.Match(
                        types.getFirst(),
                        types.subList(1, types.size()),
                        WhenReader.read(json.at("when"), "/when", form, issues)),
                companions,
                reader.settings(json.at("settings"), entry.settings()));
    }
}
