package io.storyreel.worker.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Another process that stops in the middle of making its scratch directory, until it is told to go on. */
final class StartingWorker implements AutoCloseable {
    final Path home;
    private final Process process;
    private final BufferedReader answers;

    private StartingWorker(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.home = Path.of(answers.readLine());
    }

    /** Returns when the directory is made but nothing in it is locked. */
    static StartingWorker on(Path root) throws IOException {
        return new StartingWorker(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartingWorker.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Returns when its directory is locked. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        answers.readLine();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Path home = root.resolve(UUID.randomUUID().toString());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FileChannel own = lockedLater(root, home, orders)) {
            System.out.println("locked " + own.isOpen());
            orders.readLine();
        }
    }

    private static FileChannel lockedLater(Path root, Path home, BufferedReader orders) throws IOException {
        try (FileChannel starting = open(root.resolve(".lock"))) {
            starting.lock();
            Files.createDirectory(home);
            FileChannel own = open(home.resolve("lock"));
            System.out.println(home);
            orders.readLine();
            own.lock();
            return own;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
