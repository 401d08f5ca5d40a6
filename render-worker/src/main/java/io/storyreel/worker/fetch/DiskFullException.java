package io.storyreel.worker.fetch;

import java.nio.file.Path;

/** What a server sent could not be written: the disk is full, and the server is not to blame. */
public final class DiskFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 8;

    DiskFullException(Path file, Throwable cause) {
        super("No space left on device for " + file.getFileName(), cause);
    }

    /** Whether a full disk is behind a failure. Java has no type for it: the system's words have to do. */
    public static boolean isBehind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String message = cause.getMessage();
            if (message != null
                    && (message.contains("No space left on device") || message.contains("Disk quota exceeded"))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
