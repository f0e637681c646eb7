package dev.demarc.azure.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.ExecutionContext;
import dev.demarc.json.Json;
import dev.demarc.json.JsonReader;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host and its Java worker expect of a function app. */
class FunctionJsonTest {
    private static final String JAR = "../demarc-azure-functions.jar";

    @TempDir
    private Path app;

    @BeforeEach
    void writeTheApp() throws IOException {
        FunctionJson.write(app, JAR);
    }

    @Test
    void writesOneFolderForEachFunction() throws IOException {
        try (var folders = Files.list(app)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrder("ResourceChange", "Sweep");
        }
    }

    @Test
    void bindsResourceChangesToEventGrid() throws IOException {
        assertThat(function("ResourceChange").at("bindings").write())
                .isEqualTo("[{\"type\":\"eventGridTrigger\",\"direction\":\"in\",\"name\":\"event\"}]");
    }

    @Test
    void bindsTheSweepToATimerWhoseScheduleIsASetting() throws IOException {
        assertThat(function("Sweep").at("bindings").write())
                .isEqualTo("[{\"type\":\"timerTrigger\",\"direction\":\"in\",\"name\":\"timer\","
                        + "\"schedule\":\"%DEMARC_SWEEP_SCHEDULE%\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceChange", "Sweep"})
    void namesAnEntryPointThatTheWorkerCanLoad(String name) throws IOException, ReflectiveOperationException {
        Json function = function(name);
        String entryPoint = function.textAt("entryPoint", "");
        int dot = entryPoint.lastIndexOf('.');

        Class<?> type =
                Class.forName(entryPoint.substring(0, dot), false, getClass().getClassLoader());
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(entryPoint.substring(dot + 1)))
                .toList();

        assertThat(function.textAt("scriptFile", "")).isEqualTo(JAR);
        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(Modifier.isPublic(type.getConstructor().getModifiers())).isTrue();
        // The worker takes the method by its name alone, and hands a trigger over as text.
        assertThat(methods)
                .singleElement()
                .satisfies(method ->
                        assertThat(method.getParameterTypes()).containsExactly(String.class, ExecutionContext.class));
    }

    private Json function(String name) throws IOException {
        return JsonReader.parse(Files.readAllBytes(app.resolve(name).resolve("function.json")));
    }
}
