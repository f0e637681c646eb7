package dev.demarc.local;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.demarc.catalogue.compile.CatalogueMistake;
import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.json.Json;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A register file: schema-checked, every mistake at once with its line. The register holds what could be read of it. */
final class RegisterFile {
    private final YamlDocument yaml;
    private final Register register;
    private final List<String> mistakes;

    private RegisterFile(YamlDocument yaml, Register register, List<String> mistakes) {
        this.yaml = yaml;
        this.register = register;
        this.mistakes = List.copyOf(mistakes);
    }

    /** The register of a file without mistakes. */
    static Register read(Path path) throws IOException {
        RegisterFile file = check(path);
        if (!file.mistakes.isEmpty()) {
            throw new UserError(
                    "the register has " + file.mistakes.size() + " mistakes:\n  " + String.join("\n  ", file.mistakes));
        }
        return file.register;
    }

    /** Reads the file whatever mistakes it has; only one that is no YAML, or is not there, cannot be read. */
    static RegisterFile check(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new UserError("the register " + path + " cannot be read; give the path of a YAML file");
        }
        YamlDocument yaml;
        try {
            yaml = YamlDocument.read(path);
        } catch (CatalogueMistake e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
        List<String> mistakes = new ArrayList<>();
        schema().validate(yaml.json().write(), InputFormat.JSON)
                .forEach(error ->
                        mistakes.add(yaml.place(error.getInstanceLocation().toString()) + ": " + error.getMessage()));
        RegisterReader.Result result = RegisterReader.read(yaml.json());
        if (mistakes.isEmpty()) {
            result.mistakes().forEach(one -> mistakes.add(yaml.place(one.pointer()) + ": " + one.message()));
        }
        return new RegisterFile(yaml, result.register(), mistakes);
    }

    Register register() {
        return register;
    }

    Json json() {
        return yaml.json();
    }

    /** Each as {@code file:line: what}. */
    List<String> mistakes() {
        return mistakes;
    }

    /** {@code file:line} of the entry of a service type. */
    String place(String serviceType) {
        List<Json> entries = json().at("entries").elements();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).textAt("service-type", "").equals(serviceType)) {
                return yaml.place("/entries/" + i);
            }
        }
        return yaml.place("");
    }

    private static Schema schema() throws IOException {
        try (InputStream stream = RegisterFile.class.getResourceAsStream("/register/register.schema.json")) {
            if (stream == null) {
                throw new IllegalStateException("register.schema.json is not in the package");
            }
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }
}
