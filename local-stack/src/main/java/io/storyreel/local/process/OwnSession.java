package io.storyreel.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a command into a session of its own. Without it Ctrl-C reaches every process of the terminal at once, and the
 * database goes away under a worker that wants to hand its jobs back. Where {@code setsid} is missing (macOS) the
 * command is left as it is.
 */
final class OwnSession {

    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private OwnSession() {}

    static List<String> of(List<String> command) {
        var setsid = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (setsid.isEmpty()) {
            return command;
        }
        var whole = new ArrayList<String>();
        whole.add(setsid.get().toString());
        whole.addAll(command);
        return whole;
    }
}
