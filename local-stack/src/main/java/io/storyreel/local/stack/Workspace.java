package io.storyreel.local.stack;

import io.storyreel.local.server.PrivateFile;

import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The workspace everything rendered on this machine belongs to. */
public final class Workspace {

    private Workspace() {}

    /** The same each time for one directory. */
    public static UUID of(StackDirectory directory) throws IOException {
        var file = directory.workspace();
        if (Files.exists(file)) {
            var text = Files.readString(file, UTF_8).strip();
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " holds '" + text + "', which is no UUID; correct or delete it", e);
            }
        }
        var workspace = UUID.randomUUID();
        PrivateFile.write(file, workspace + "\n");
        return workspace;
    }
}
