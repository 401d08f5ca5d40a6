package io.storyreel.local.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What every process of one stack shares: where it is remembered and where its output goes.
 *
 * @param run never shared by two launchers at a time
 */
public record Supervision(RunDirectory run, LogSink log) {

    /** Process files under {@code directory/run}, logs under {@code directory/logs}, nothing on the terminal. */
    public static Supervision in(Path directory) throws IOException {
        return new Supervision(
                new RunDirectory(directory.resolve("run")),
                new LogFiles(directory.resolve("logs"), LogFiles.DEFAULT_LIMIT));
    }
}
