package dev.demarc.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** A secret in a file that only its owner can read: made on first use, refused when others could have read it. */
final class SecretFile {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /** The secret as URL-safe text; makes one of 32 random bytes when the file is not there. */
    static String readOrMake(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            make(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return read(file);
    }

    static String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UserError("there is no " + file + "; 'demarc up' with the same --data makes it");
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.removeAll(OWNER_ONLY);
        if (!permissions.isEmpty()) {
            throw new UserError(
                    file + " can be read or written by others (" + PosixFilePermissions.toString(permissions)
                            + "), so it is no secret any more; delete it, and a new one is made");
        }
        String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (secret.length() < BYTES) {
            throw new UserError(
                    file + " holds no secret of at least " + BYTES + " characters; delete it, and a new one is made");
        }
        return secret;
    }

    /** With its mode from the start: there is no moment at which others can read it. */
    private static void make(Path file, String secret) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(java.nio.ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException made) {
            // Another process was faster; its secret counts.
        }
    }
}
