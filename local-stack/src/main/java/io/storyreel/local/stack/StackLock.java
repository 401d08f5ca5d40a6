package io.storyreel.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * Who holds it, and nobody else, starts and ends the servers on a directory. The system frees it when its holder dies,
 * however that happens.
 */
public final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty when another process holds it. */
    public static Optional<StackLock> tryLock(StackDirectory directory) throws IOException {
        var channel = FileChannel.open(directory.lock(), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                nameHolder(channel);
                return Optional.of(new StackLock(channel));
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** For the {@code storyreel} script, which cannot ask for the lock and must not build under a running stack. */
    private static void nameHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.truncate(0);
            }
        }
    }
}
