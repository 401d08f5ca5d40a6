package io.storyreel.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a process is started and ended.
 *
 * @param name unique within a stack; prefix of its log lines and name of its files
 * @param environment added to the launcher's own
 * @param stopSignal the polite request to end
 * @param stopWithin how long the request may take before the process is killed
 */
public record Launch(
        String name,
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Signal stopSignal,
        Duration stopWithin) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
