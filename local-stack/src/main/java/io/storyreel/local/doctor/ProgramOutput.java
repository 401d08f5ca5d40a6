package io.storyreel.local.doctor;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Runs a program for what it prints. */
final class ProgramOutput {

    private static final int SECONDS = 20;

    private ProgramOutput() {}

    /** Standard and error output together; empty when there is no such program or it does not end well. */
    static String of(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var deadline = CompletableFuture.runAsync(
                    process::destroyForcibly, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            var exitCode = process.waitFor();
            deadline.cancel(false);
            return exitCode == 0 ? output : "";
        } catch (IOException e) {
            return ""; // no such program
        }
    }
}
