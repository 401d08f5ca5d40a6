package io.storyreel.local.process;

import java.util.List;
import java.util.function.Consumer;

/** Where the output lines of child processes go. Called from one reader thread per process. */
@FunctionalInterface
public interface LogSink {

    LogSink NOWHERE = (process, line) -> {};

    void line(String process, String line);

    /**
     * Every sink gets every line, also when another one fails.
     *
     * @param complaint told once of each sink that fails
     */
    static LogSink all(List<LogSink> sinks, Consumer<String> complaint) {
        var steadfast =
                sinks.stream().map(sink -> new SteadfastSink(sink, complaint)).toList();
        return (process, line) -> steadfast.forEach(sink -> sink.line(process, line));
    }
}
