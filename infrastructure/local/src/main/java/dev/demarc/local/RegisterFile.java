package dev.demarc.local;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.demarc.catalogue.compile.CatalogueMistake;
import dev.demarc.catalogue.compile.YamlDocument;
import dev.demarc.register.Register;
import dev.demarc.register.RegisterReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a register file: schema-checked, every mistake at once with its line. */
final class RegisterFile {
    private RegisterFile() {}

    static Register read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new UserError("the register " + file + " cannot be read; give the path of a YAML file");
        }
        YamlDocument yaml;
        try {
            yaml = YamlDocument.read(file);
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
        if (!mistakes.isEmpty()) {
            throw new UserError(
                    "the register has " + mistakes.size() + " mistakes:\n  " + String.join("\n  ", mistakes));
        }
        return result.register();
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
