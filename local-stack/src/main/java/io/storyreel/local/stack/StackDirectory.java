package io.storyreel.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the embedded stack keeps what must survive it, {@code .storyreel} of the installation, and where in it each part
 * has its place.
 */
public record StackDirectory(Path root) {

    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the directory; what it holds is for its owner only. */
    public StackDirectory made() throws IOException {
        Files.createDirectories(root);
        // Others may pass but not look: as root, Postgres' own user must be able to reach its data.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
        for (var directory : new Path[] {run(), logs(), scratch()}) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        return this;
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path redis() {
        return root.resolve("redis");
    }

    public Path s3() {
        return root.resolve("s3");
    }

    /** Media of the simulated providers; may be deleted at any time the stack is down. */
    public Path simulator() {
        return root.resolve("simulator");
    }

    /** Unpacked programs. */
    public Path programs() {
        return root.resolve("bin");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path scratch() {
        return root.resolve("scratch");
    }

    Path secret() {
        return root.resolve("secret");
    }

    Path workspace() {
        return root.resolve("workspace");
    }

    Path state() {
        return root.resolve("stack.json");
    }

    Path lock() {
        return root.resolve("lock");
    }
}
