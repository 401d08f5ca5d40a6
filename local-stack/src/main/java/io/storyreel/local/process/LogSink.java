package io.storyreel.local.process;

import java.util.List;

/** Where the output lines of child processes go. Called from one reader thread per process. */
@FunctionalInterface
public interface LogSink {

    LogSink NOWHERE = (process, line) -> {};

    void line(String process, String line);

    static LogSink all(List<LogSink> sinks) {
        var copy = List.copyOf(sinks);
        return (process, line) -> copy.forEach(sink -> sink.line(process, line));
    }
}
