package io.storyreel.local.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How a process is asked to end. */
public enum Signal {
    /** The usual request. */
    TERM,
    /** Postgres' "fast shutdown": TERM would make it wait for its clients to leave first. */
    INT;

    void send(ProcessHandle process) {
        if (this == TERM) {
            process.destroy();
            return;
        }
        // Java sends TERM and KILL only. "kill" as a program is missing on small systems, in the shell it never is.
        try {
            var kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + process.pid())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
