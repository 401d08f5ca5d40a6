package io.storyreel.local.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a jar on the Java this launcher runs on. */
final class JavaProgram {

    private JavaProgram() {}

    /** @param heapMegabytes upper limit of its heap */
    static List<String> command(int heapMegabytes, Path jar, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        // A process without memory to work with had better end and be reported than limp on.
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Logback's report on its own configuration, thirty lines a start; only the S3 server has it.
        command.add("-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        command.addAll(arguments);
        return command;
    }
}
