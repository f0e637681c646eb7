package dev.demarc.catalogue.compile;

import dev.demarc.catalogue.compile.SchemaWalk.Met;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares declared paths with the extracts of the providers' schemas. */
final class SchemaPaths {
    static final Path FOLDER = Path.of("src/test/resources/schemas");
    private static final String RECORDED = "config-item";
    private static final String OF_AN_ASSET = "resource.data.";

    private static final String POLICY_MEMBERS =
            "Statement((\\[\\*])?\\.(Sid|Effect|(Not)?(Action|Resource|Principal)(\\.\\w+)?|Condition(\\..+)?))?(\\[\\*])*";

    private final Map<String, SchemaExtract> extracts;

    private SchemaPaths(Map<String, SchemaExtract> extracts) {
        this.extracts = extracts;
    }

    static SchemaPaths read() throws IOException {
        return new SchemaPaths(Map.of(
                "config-item", SchemaExtract.read(FOLDER.resolve("aws-config.txt")),
                "cloudformation", SchemaExtract.read(FOLDER.resolve("cloudformation.txt")),
                "terraform", SchemaExtract.read(FOLDER.resolve("terraform.txt")),
                "arm", SchemaExtract.read(FOLDER.resolve("arm.txt")),
                "asset", SchemaExtract.read(FOLDER.resolve("asset.txt"))));
    }

    /** What is known of a declared path. */
    sealed interface Answer {
        record Exists() implements Answer {}

        /** The source has no schema for documents of this kind: the answer of an API operation. */
        record NoSchema() implements Answer {}

        /** The schema tells neither that the path exists nor that it does not. */
        record Unverified(String because) implements Answer {}

        record Mistake(String because) implements Answer {}
    }

    Answer check(DeclaredPath declared) {
        boolean operation = declared.type().matches("[a-z0-9-]+:[A-Za-z.]+")
                && !declared.type().startsWith("orgpolicy:");
        if (operation || declared.path().equals("$")) {
            return new Answer.NoSchema();
        }
        SchemaExtract extract = extracts.get(declared.form());
        if (extract == null) {
            return new Answer.Mistake("no extract for the form '" + declared.form() + "'");
        }
        Optional<SchemaNode> schema = extract.of(schemaType(declared));
        if (schema.isEmpty()) {
            return switch (declared.form()) {
                case RECORDED -> byRegistry(declared, "AWS Config's queryable schema does not have the type");
                // The path file of ARM does not hold every child type.
                case "arm" -> new Answer.Unverified("the extract does not have the type");
                default ->
                    new Answer.Mistake("no extract of " + declared.type()
                            + "; add the type to build/schemas/types.txt and refresh");
            };
        }
        Met met = walk(declared.form()).walk(schema.get(), inside(declared));
        return switch (met) {
            case Met.Found found -> fits(declared, found);
            case Met.Leaves(String at) when isOfPolicy(declared) -> new Answer.Exists();
            case Met.Leaves(String at) -> new Answer.Unverified("names below '" + at + "' are not in the schema");
            case Met.Wrong(String because) ->
                switch (declared.form()) {
                    case RECORDED -> byRegistry(declared, because);
                    // The extract has one version of the API or provider, and of an ARM type with several kinds one
                    // kind.
                    case "arm", "terraform" -> new Answer.Unverified(because);
                    default -> new Answer.Mistake(because);
                };
        };
    }

    /**
     * Newer resource types are recorded as the resource registry has them, which is what CloudFormation's schema says; the queryable schema
     * of AWS Config lags behind it.
     */
    private Answer byRegistry(DeclaredPath declared, String because) {
        String first = declared.segments().getFirst();
        Optional<SchemaNode> schema = extracts.getOrDefault("cloudformation", new SchemaExtract(Map.of()))
                .of(schemaType(declared));
        if (schema.isPresent() && first.startsWith("configuration.")) {
            List<dev.demarc.catalogue.Path> segments = new ArrayList<>(inside(declared));
            segments.set(0, dev.demarc.catalogue.Path.of(first.substring("configuration.".length())));
            if (SchemaWalk.EXACT.walk(schema.get(), segments) instanceof Met.Found found) {
                return fits(declared, found);
            }
        }
        return new Answer.Unverified(because);
    }

    /** No schema has the members of an IAM policy document, but their grammar is fixed. */
    private static boolean isOfPolicy(DeclaredPath declared) {
        return declared.path().matches(".*[pP]olicy\\w*\\." + POLICY_MEMBERS);
    }

    private static String schemaType(DeclaredPath declared) {
        return declared.type().startsWith("orgpolicy:")
                ? "orgpolicy"
                : declared.type().replaceFirst("#.*$", "");
    }

    private static SchemaWalk walk(String form) {
        return switch (form) {
            case RECORDED -> SchemaWalk.QUERYABLE;
            case "terraform" -> SchemaWalk.BLOCKS;
            default -> SchemaWalk.EXACT;
        };
    }

    /** The path as the extract has it: an asset's extract starts at the API object, which some companions are themselves. */
    private static List<dev.demarc.catalogue.Path> inside(DeclaredPath declared) {
        boolean ofAsset = declared.form().equals("asset");
        return declared.segments().stream()
                .map(path -> ofAsset && path.startsWith(OF_AN_ASSET) ? path.substring(OF_AN_ASSET.length()) : path)
                .map(dev.demarc.catalogue.Path::of)
                .toList();
    }

    private static Answer fits(DeclaredPath declared, Met.Found found) {
        SchemaNode node = found.node();
        boolean holdsJson = node.kind() == SchemaNode.Kind.TEXT && node.arrays() == 0;
        if (holdsJson && declared.reads().equals("list") && !declared.ofCompanion()) {
            return new Answer.Unverified("the schema has text, which may hold JSON");
        }
        boolean severalValues = node.arrays() > 0 || found.collects();
        boolean fits = switch (node.kind()) {
            case NOT_TOLD, FREE, LIST -> true;
            default ->
                switch (declared.reads()) {
                    case "bool" -> isOne(node, SchemaNode.Kind.BOOL) || isCoerced(declared, node);
                    case "int" -> isOne(node, SchemaNode.Kind.NUMBER) || isCoerced(declared, node);
                    case "int64" -> isOne(node, SchemaNode.Kind.NUMBER) || isOne(node, SchemaNode.Kind.TEXT);
                    case "text" -> isOne(node, SchemaNode.Kind.TEXT);
                    case "texts" -> node.kind() == SchemaNode.Kind.TEXT && (severalValues || declared.ofCompanion());
                    case "list" ->
                        severalValues
                                || !walk(declared.form()).marksArrays()
                                || declared.form().equals("terraform")
                                || declared.ofCompanion();
                    default -> true;
                };
        };
        return fits
                ? new Answer.Exists()
                : new Answer.Mistake("is read as " + declared.reads() + ", and the schema has "
                        + node.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (node.arrays() > 0 ? " in an array" : ""));
    }

    private static boolean isOne(SchemaNode node, SchemaNode.Kind kind) {
        return node.kind() == kind && node.arrays() == 0;
    }

    /** CloudFormation takes "true" and digits as text. */
    private static boolean isCoerced(DeclaredPath declared, SchemaNode node) {
        return declared.form().equals("cloudformation") && isOne(node, SchemaNode.Kind.TEXT);
    }
}
