package io.storyreel.local.server;

import io.zonky.test.db.postgres.util.ArchUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;

/** The programs of Postgres, unpacked from the archive on the class path that fits this machine. */
record PostgresBinaries(Path home) {

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Such as {@code 18}; read from the bundled catalogue, whose first line is "# PostgreSQL 18". */
    String majorVersion() throws IOException {
        try (var lines = Files.lines(home.resolve("share/postgresql/postgres.bki"))) {
            return lines.findFirst().orElse("").replace("# PostgreSQL", "").strip();
        }
    }

    /** Unpacks into a subdirectory of {@code directory} named by the archive's checksum; only the first time. */
    static PostgresBinaries in(Path directory) throws IOException {
        return new PostgresBinaries(
                Unpacked.once(directory.resolve("postgres-" + checksum()), PostgresBinaries::unpack));
    }

    /**
     * Looked up by name and not through the library's resolver, which refuses a class path that names one jar twice, as
     * a test's does.
     */
    private static InputStream archive() throws IOException {
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        var processor = ArchUtils.normalize(System.getProperty("os.arch"));
        var variant = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        var name = "/postgres-" + system + "-" + processor + variant + ".txz";
        var archive = ArchUtils.class.getResourceAsStream(name);
        if (archive == null) {
            throw new IOException("no bundled Postgres for this machine: " + name + " is not on the class path");
        }
        return archive;
    }

    private static String checksum() throws IOException {
        var checksum = new CRC32();
        var buffer = new byte[1 << 16];
        try (var archive = archive()) {
            for (var n = archive.read(buffer); n >= 0; n = archive.read(buffer)) {
                checksum.update(buffer, 0, n);
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private static void unpack(Path target) throws IOException {
        Files.createDirectories(target);
        try (var archive = archive();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("archive entry leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, target.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, path);
            var executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
