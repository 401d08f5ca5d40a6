package io.storyreel.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

/**
 * One file per process, {@code <name>.log}. A file that would pass its limit becomes {@code <name>.log.1}, replacing
 * the one before, so a process never takes more than twice the limit.
 */
public final class LogFiles implements LogSink, AutoCloseable {

    /** 8 MiB: some hundred thousand lines, enough to see what led to a failure. */
    public static final long DEFAULT_LIMIT = 8L << 20;

    private final Path directory;
    private final long limit;
    private final Map<String, Open> open = new HashMap<>();

    public LogFiles(Path directory, long limitInBytes) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.limit = limitInBytes;
    }

    @Override
    public synchronized void line(String process, String line) {
        var bytes = (line + System.lineSeparator()).getBytes(UTF_8);
        try {
            var file = open.get(process);
            if (file == null) {
                file = Open.at(path(process));
                open.put(process, file);
            } else if (file.written + bytes.length > limit) {
                // Forgotten first: when the move fails, the next line opens the file anew instead of a closed one.
                open.remove(process);
                file.out.close();
                Files.move(path(process), directory.resolve(process + ".log.1"), REPLACE_EXISTING);
                file = Open.at(path(process));
                open.put(process, file);
            }
            file.out.write(bytes);
            file.written += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log of " + process + " in " + directory, e);
        }
    }

    public Path path(String process) {
        return directory.resolve(process + ".log");
    }

    @Override
    public synchronized void close() throws IOException {
        for (var file : open.values()) {
            file.out.close();
        }
        open.clear();
    }

    private static final class Open {
        private final OutputStream out;
        private long written;

        private Open(OutputStream out, long written) {
            this.out = out;
            this.written = written;
        }

        static Open at(Path path) throws IOException {
            var size = Files.exists(path) ? Files.size(path) : 0;
            return new Open(Files.newOutputStream(path, CREATE, APPEND), size);
        }
    }
}
