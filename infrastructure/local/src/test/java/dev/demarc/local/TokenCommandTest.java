package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.demarc.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
    @TempDir
    Path folder;

    private CommandRun token(String... arguments) {
        List<String> all = new ArrayList<>(List.of("token", "--data", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private Optional<Json> claims(Path directory, String token) throws IOException {
        return ApiTokens.open(directory).claims("Bearer " + token.strip(), Instant.now());
    }

    @Test
    void printsOneTokenThatSaysWhoItIsFor() throws IOException {
        Instant before = Instant.now();
        CommandRun run = token("--role", "Account_Reader", "--account", "aws#111122223333", "--subject", "kim");

        Json claims = claims(folder, run.out()).orElseThrow();
        assertThat(run.exit()).isEqualTo(ExitCode.FINE);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).isEmpty();
        assertThat(claims.textAt("sub", "")).isEqualTo("kim");
        assertThat(claims.textAt("demarc:role", "")).isEqualTo("account-reader");
        assertThat(claims.textAt("demarc:tenant", "")).isEqualTo("main");
        assertThat(claims.at("demarc:accounts").write()).isEqualTo("[\"aws#111122223333\"]");
        assertThat(claims.longAt("exp", 0) - before.getEpochSecond()).isBetween(12 * 3600L, 12 * 3600L + 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "waiver-approver", "register-editor", "admin"})
    void namesTheRoleWhereNobodyIsNamed(String role) throws IOException {
        Json claims = claims(
                        folder,
                        token("--role", role, "--tenant", "blue", "--hours", "1")
                                .out())
                .orElseThrow();

        assertThat(claims.textAt("sub", "")).isEqualTo(role);
        assertThat(claims.textAt("demarc:role", "")).isEqualTo(role);
        assertThat(claims.textAt("demarc:tenant", "")).isEqualTo("blue");
    }

    @Test
    void isUselessForAnotherDirectory(@TempDir Path other) throws IOException {
        String token = token("--role", "admin").out();

        assertThat(claims(other, token)).isEmpty();
        assertThat(claims(folder, token)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            --role account-reader                          ! 1 ! name them with --account
            --role account-reader --account 111122223333   ! 1 ! 111122223333
            --role admin --hours 0                         ! 1 ! 1 to 2160 hours; got 0
            --role admin --hours 2161                      ! 1 ! 1 to 2160 hours; got 2161
            --role emperor                                 ! 2 ! 'emperor' is no role; say one of reader, account-reader
            --hours 1                                      ! 2 ! --role
            """)
    void refusesWhatMakesNoToken(String arguments, int exit, String said) {
        CommandRun run = token(arguments.strip().split(" "));

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.err()).contains(said).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void takesTheLongestLifeThereIs() {
        assertThat(token("--role", "reader", "--hours", "2160").exit()).isEqualTo(ExitCode.FINE);
    }
}
