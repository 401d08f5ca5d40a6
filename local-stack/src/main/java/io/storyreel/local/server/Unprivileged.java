package io.storyreel.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Postgres refuses to run as root, as which containers and build machines often run. Then its programs are started in a
 * user namespace of their own, where the same user has another number; where such namespaces are forbidden, as
 * {@code nobody}, who is made the owner of the data.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";

    private enum Way {
        AS_WE_ARE,
        NAMESPACE,
        NOBODY
    }

    private final Way way;

    private Unprivileged(Way way) {
        this.way = way;
    }

    static Unprivileged forThisUser() throws IOException, InterruptedException {
        if (!weAreRoot()) {
            return new Unprivileged(Way.AS_WE_ARE);
        }
        if (succeeds("unshare", "-U", "true")) {
            return new Unprivileged(Way.NAMESPACE);
        }
        if (succeeds("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "true")) {
            return new Unprivileged(Way.NOBODY);
        }
        throw new IOException("Postgres cannot run as root, and neither 'unshare -U' nor 'setpriv' works here."
                + " Run storyreel as an ordinary user, or install util-linux.");
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<String>();
        switch (way) {
            case AS_WE_ARE -> {}
            case NAMESPACE -> whole.addAll(List.of("unshare", "-U"));
            case NOBODY -> whole.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        whole.addAll(command);
        return whole;
    }

    /** Gives a directory and all it holds to the user Postgres will run as. */
    void own(Path directory) throws IOException, InterruptedException {
        if (way == Way.NOBODY && !succeeds("chown", "-R", NOBODY + ":" + NOBODY, directory.toString())) {
            throw new IOException("cannot give " + directory + " to the user 'nobody', as whom Postgres must run");
        }
    }

    private static boolean weAreRoot() throws IOException {
        var self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return (int) Files.getAttribute(self, "unix:uid") == 0;
        }
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }
}
