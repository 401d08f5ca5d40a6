package io.storyreel.local.command;

import io.storyreel.local.client.ApiClient;
import io.storyreel.local.process.LogSink;
import io.storyreel.local.stack.Stack;
import io.storyreel.local.stack.StackLock;
import io.storyreel.local.stack.StackSettings;
import io.storyreel.local.stack.StackState;
import io.storyreel.local.stack.Token;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Finds the server a render goes to: the one named, else the running stack, else one started for this render. */
record TargetChoice(StackLauncher launcher) {

    private static final Duration TURN_WITHIN = Duration.ofMinutes(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** A server named by the user. */
    static RenderTarget named(String server, String token, UUID workspace) throws Failure {
        URI address;
        try {
            address = URI.create(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("--server " + server + " is no URL: " + e.getMessage() + ".");
        }
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw Failure.badInput("--server " + server + " is no URL; write it as https://host or http://host:port.");
        }
        if (token == null || token.isBlank()) {
            throw Failure.badInput("--server needs a token: give it with --token or in STORYREEL_TOKEN.");
        }
        return new RenderTarget(new ApiClient(address, token), workspace == null ? onlyWorkspace(token) : workspace);
    }

    private static UUID onlyWorkspace(String token) throws Failure {
        try {
            var workspaces = Token.workspaces(token);
            if (workspaces.size() == 1) {
                return workspaces.get(0);
            }
            throw Failure.badInput(
                    workspaces.isEmpty()
                            ? "The token names no workspace; choose one with --workspace."
                            : "The token is good for several workspaces; choose one with --workspace:",
                    workspaces.stream().map(UUID::toString).toList());
        } catch (IllegalArgumentException e) {
            throw Failure.badInput("The workspace cannot be read from the token (" + e.getMessage()
                    + "); check the token, or name the workspace with --workspace.");
        }
    }

    /**
     * The stack on this machine, started when none runs.
     *
     * @param simulate whether only one whose providers are simulated will do
     */
    RenderTarget local(UUID workspace, boolean simulate) throws Failure, IOException, InterruptedException {
        var directory = launcher.installation().stackDirectory().made();
        var terminal = launcher.terminal();
        var deadline = System.nanoTime() + TURN_WITHIN.toNanos();
        var told = false;
        while (System.nanoTime() < deadline) {
            var lock = StackLock.tryLock(directory);
            if (lock.isPresent()) {
                terminal.say("Starting the stack for this render …");
                var running = launcher.launch(lock.get(), StackSettings.anyPorts(simulate), true, LogSink.NOWHERE);
                giveUpWithout(running.stack());
                return of(running.state(), workspace);
            }
            var found = StackState.read(directory).filter(state -> !state.transientStack());
            if (found.isPresent() && found.get().answers()) {
                if (simulate && found.get().simulatorUrl() == null) {
                    throw Failure.badInput(
                            "The stack at " + found.get().apiUrl() + " uses the real providers; end it and"
                                    + " start ./storyreel up --simulate, or leave --simulate out.");
                }
                terminal.say("Using the stack at " + found.get().apiUrl() + ".");
                return of(found.get(), workspace);
            }
            if (!told) {
                terminal.say("Another storyreel command is starting, rendering or stopping here; waiting for it …");
                told = true;
            }
            // Nobody counts it down: a pause that an interrupt ends.
            new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
        throw Failure.unreachable(
                "Another storyreel command has kept the stack for " + TURN_WITHIN.toMinutes()
                        + " minutes; end it, or run ./storyreel up to render several videos at once.",
                List.of(),
                null);
    }

    /** A render whose stack breaks down waits for nothing any more. */
    private void giveUpWithout(Stack stack) {
        var waiting = Thread.currentThread();
        stack.brokenBy().thenAccept(name -> {
            var log = launcher.installation().stackDirectory().logs().resolve(name + ".log");
            launcher.terminal().complain(name + " has ended by itself; its log: " + log);
            waiting.interrupt();
        });
    }

    private static RenderTarget of(StackState state, UUID workspace) throws Failure {
        if (workspace != null && !workspace.equals(state.workspaceId())) {
            throw Failure.badInput("This machine's stack has the workspace " + state.workspaceId() + ", not "
                    + workspace + "; leave --workspace out, or name the other server with --server and --token.");
        }
        return new RenderTarget(new ApiClient(state.apiUrl(), state.token()), state.workspaceId());
    }
}
