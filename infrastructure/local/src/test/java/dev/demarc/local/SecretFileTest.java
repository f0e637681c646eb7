package dev.demarc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
    private final SecureRandom random = new SecureRandom();
    private final Path file;

    SecretFileTest(@TempDir Path directory) {
        this.file = directory.resolve("new").resolve("api-token");
    }

    @Test
    void makesASecretThatOnlyItsOwnerCanRead() throws IOException {
        String secret = SecretFile.readOrMake(file, random);

        assertThat(secret).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretFile.readOrMake(file, random)).isEqualTo(secret);
        assertThat(SecretFile.read(file)).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void refusesASecretThatOthersCouldHaveRead(String mode) throws IOException {
        SecretFile.readOrMake(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> SecretFile.readOrMake(file, random))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("delete it");
    }

    @Test
    void refusesAFileThatHoldsNoSecret() throws IOException {
        SecretFile.readOrMake(file, random);
        Files.writeString(file, "short\n");

        assertThatThrownBy(() -> SecretFile.readOrMake(file, random))
                .isInstanceOf(UserError.class)
                .hasMessageNotContaining("short");
    }

    @Test
    void saysWhoMakesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("demarc up");
    }
}
