package io.storyreel.local.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.client.ApiClient;
import io.storyreel.local.client.ApiException;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.StackLock;
import io.storyreel.local.stack.StackSettings;
import io.storyreel.local.stack.StackState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

@Command(
        name = "up",
        description = "Starts the whole stack and keeps it running until Ctrl-C.",
        footer = {"", "Data stays in .storyreel/, logs are in .storyreel/logs/."})
final class UpCommand implements Callable<Integer> {

    private static final int MOST_WORKERS = 16;

    private final Terminal terminal;
    private final Installation installation;
    private final Clock clock;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the API and the page (default: 8080).")
    private int port = 8080;

    @Option(names = "--workers", paramLabel = "N", description = "Render workers, 1 to 16 (default: 1).")
    private int workers = 1;

    @Option(names = "--worker-port", paramLabel = "PORT", description = "Port of the first worker (default: any free).")
    private int workerPort;

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "Default: any free.")
    private int postgresPort;

    @Option(names = "--redis-port", paramLabel = "PORT", description = "Default: any free.")
    private int redisPort;

    @Option(names = "--s3-port", paramLabel = "PORT", description = "Default: any free.")
    private int s3Port;

    @Option(names = "--speech-port", paramLabel = "PORT", description = "Default: any free.")
    private int speechPort;

    @Option(
            names = "--simulate",
            description = "Simulates every provider: no key is needed, nothing is paid (docs/simulator.md).")
    private boolean simulate;

    @Option(names = "--simulator-port", paramLabel = "PORT", description = "Default: any free.")
    private int simulatorPort;

    @Option(names = "--api-heap", paramLabel = "MB", description = "Heap limit of the API (default: 512).")
    private int apiHeap = StackSettings.DEFAULT_HEAP;

    @Option(names = "--worker-heap", paramLabel = "MB", description = "Heap limit of each worker (default: 512).")
    private int workerHeap = StackSettings.DEFAULT_HEAP;

    UpCommand(Terminal terminal, Installation installation, Clock clock) {
        this.terminal = terminal;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        checkOptions();
        var directory = installation.stackDirectory().made();
        var lock = StackLock.tryLock(directory);
        if (lock.isEmpty()) {
            throw Failure.unreachable(alreadyRunning(), List.of(), null);
        }
        try (var onExit = new OnExit(terminal)) {
            var launcher = new StackLauncher(installation, terminal, onExit, clock);
            launcher.endLeftovers();
            checkPorts();
            terminal.say("Starting Postgres, Redis, the S3 server, speech, the API and " + workers
                    + (workers == 1 ? " worker" : " workers") + " …");
            try {
                var running = launcher.launch(lock.get(), settings(), false, terminal);
                introduce(running.state());
                return awaitEnd(running, onExit);
            } catch (Failure | InterruptedException e) {
                if (onExit.signalled()) {
                    return ExitCode.CANCELLED;
                }
                throw e;
            }
        }
    }

    private int awaitEnd(StackLauncher.Running running, OnExit onExit) throws Failure, InterruptedException {
        try {
            var name = running.stack().brokenBy().get();
            if (onExit.signalled()) {
                return ExitCode.CANCELLED;
            }
            throw Failure.unreachable(
                    name + " has ended by itself; everything else is stopped now.",
                    List.of("The whole log: "
                            + installation.stackDirectory().logs().resolve(name + ".log")),
                    null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void introduce(StackState state) throws InterruptedException {
        terminal.say("");
        terminal.say("Storyreel is up.");
        terminal.say("  URL        " + state.apiUrl());
        terminal.say("  Workspace  " + state.workspaceId());
        terminal.say("  Token      " + state.token());
        terminal.say("  Sign in    " + signInLink(state));
        if (state.simulatorUrl() != null) {
            terminal.say("  Simulator  " + state.simulatorUrl() + "/simulator/calls  (every provider is simulated)");
        }
        terminal.say("");
        terminal.say("Render with ./storyreel render <storyboard.json or folder>; Ctrl-C stops everything.");
        terminal.say("");
    }

    /** A link that signs a browser in once; the plain address where the server makes none. */
    private static String signInLink(StackState state) throws InterruptedException {
        try {
            var link = new ApiClient(state.apiUrl(), state.token())
                    .post("/api/v1/session/links", JsonNodeFactory.instance.objectNode())
                    .path("url")
                    .asText("/");
            return state.apiUrl().resolve(link) + "  (works once)";
        } catch (ApiException e) {
            return state.apiUrl() + "  (no sign-in link: " + e.getMessage() + ")";
        } catch (IOException e) {
            return state.apiUrl() + "  (no sign-in link: " + e + ")";
        }
    }

    private void checkOptions() throws Failure {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw Failure.badInput("--workers is " + workers + "; give a number from 1 to " + MOST_WORKERS + ".");
        }
        for (var given : ports()) {
            if (given < 0 || given > 65_535) {
                throw Failure.badInput(given + " is no port; give a number from 1 to 65535.");
            }
        }
        if (apiHeap < 128 || workerHeap < 128) {
            throw Failure.badInput("--api-heap and --worker-heap are in megabytes and at least 128.");
        }
    }

    private List<Integer> ports() {
        return List.of(port, workerPort, postgresPort, redisPort, s3Port, speechPort, simulatorPort);
    }

    private void checkPorts() throws Failure {
        for (var wanted : ports()) {
            if (wanted != 0 && !FreePorts.isFree(wanted)) {
                throw Failure.unreachable(
                        "Port " + wanted + " is in use by another program; stop it or choose another"
                                + (wanted == port ? " with --port." : "."),
                        List.of(),
                        null);
            }
        }
    }

    private String alreadyRunning() throws IOException {
        var state = StackState.read(installation.stackDirectory());
        return state.map(running -> "A stack is running already at " + running.apiUrl() + " (process " + running.pid()
                        + "). Use that one, or end it with Ctrl-C or kill " + running.pid() + ".")
                .orElse("Another storyreel command is starting or stopping the stack; try again in a moment.");
    }

    private StackSettings settings() {
        return new StackSettings(
                port,
                workers,
                workerPort,
                postgresPort,
                redisPort,
                s3Port,
                speechPort,
                simulate,
                simulatorPort,
                apiHeap,
                workerHeap);
    }
}
