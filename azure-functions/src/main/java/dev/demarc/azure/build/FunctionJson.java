package dev.demarc.azure.build;

import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.demarc.azure.ResourceChangeFunction;
import dev.demarc.azure.SweepFunction;
import dev.demarc.json.Json;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the function.json of each function from its annotations, at build time: the host finds functions by these files. Refuses an
 * annotation that it does not know, since a binding left out is a function that never runs.
 */
public final class FunctionJson {
    private static final List<Class<?>> FUNCTIONS = List.of(ResourceChangeFunction.class, SweepFunction.class);

    private FunctionJson() {}

    /** Arguments: the folder of the function app, and the jar's path from a function's own folder. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path app, String scriptFile) throws IOException {
        for (Class<?> type : FUNCTIONS) {
            for (Method method : type.getMethods()) {
                FunctionName name = method.getAnnotation(FunctionName.class);
                if (name != null) {
                    Path folder = Files.createDirectories(app.resolve(name.value()));
                    Files.writeString(
                            folder.resolve("function.json"),
                            describe(method, scriptFile).write());
                }
            }
        }
    }

    private static Json describe(Method method, String scriptFile) {
        List<Json> bindings = new ArrayList<>();
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                bindings.add(binding(annotation));
            }
        }
        if (bindings.isEmpty()) {
            throw new IllegalArgumentException(method + " has no trigger; annotate a parameter");
        }
        return Json.object()
                .with("scriptFile", scriptFile)
                .with("entryPoint", method.getDeclaringClass().getName() + "." + method.getName())
                .with("bindings", Json.array(bindings))
                .build();
    }

    private static Json binding(Annotation annotation) {
        return switch (annotation) {
            case EventGridTrigger trigger ->
                trigger("eventGridTrigger", trigger.name()).build();
            case TimerTrigger trigger ->
                trigger("timerTrigger", trigger.name())
                        .with("schedule", trigger.schedule())
                        .build();
            default -> throw new IllegalArgumentException("no binding is known for " + annotation + "; add it here");
        };
    }

    private static Json.Builder trigger(String type, String name) {
        return Json.object().with("type", type).with("direction", "in").with("name", name);
    }
}
