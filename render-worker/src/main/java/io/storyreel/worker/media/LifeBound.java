package io.storyreel.worker.media;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process with the worker, even one that gets no chance to stop it, by starting it through util-linux'
 * {@code setpriv}, which asks Linux for the signal and replaces itself with the program. ffmpeg would go on to its end
 * otherwise: it ignores that nobody reads its progress any more. Systems without it say so once.
 *
 * <p>Linux sends the signal when the <em>thread</em> that started the process ends, so that thread has to outlive it.
 */
final class LifeBound {

    private static final Logger LOG = Logger.getLogger(LifeBound.class);
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
    private static final long LONGEST_TRIAL_SECONDS = 5;

    private final List<String> prefix;

    private LifeBound(List<String> prefix) {
        this.prefix = prefix;
    }

    /** Tries it once: the setpriv of BusyBox and that of util-linux before 2.33 know no such option. */
    static LifeBound toThisProcess() {
        var prefix = PLACES.stream()
                .filter(Files::isExecutable)
                .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"))
                .filter(LifeBound::works)
                .findFirst();
        if (prefix.isEmpty()) {
            LOG.warn("ffmpeg may outlive a worker that is killed: this system has no setpriv --pdeathsig");
        }
        return new LifeBound(prefix.orElse(List.of()));
    }

    List<String> prefix() {
        return prefix;
    }

    private static boolean works(List<String> prefix) {
        try {
            var program = new ArrayList<>(prefix);
            program.add("true");
            var trial = new ProcessBuilder(program)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = trial.waitFor(LONGEST_TRIAL_SECONDS, TimeUnit.SECONDS);
            trial.destroyForcibly();
            return ended && trial.exitValue() == 0;
        } catch (IOException e) {
            LOG.debugf(e, "setpriv cannot be started");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
