package io.storyreel.local.command;

import io.storyreel.local.process.LogFiles;
import io.storyreel.local.process.LogSink;
import io.storyreel.local.process.RunDirectory;
import io.storyreel.local.server.ServerStartException;
import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.Stack;
import io.storyreel.local.stack.StackLock;
import io.storyreel.local.stack.StackSettings;
import io.storyreel.local.stack.StackState;
import io.storyreel.local.stack.Token;
import io.storyreel.local.stack.Workspace;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Brings a stack up for a command and sees to it that it goes away with the command. */
record StackLauncher(Installation installation, Terminal terminal, OnExit onExit, Clock clock) {

    private static final Duration LEFTOVERS_WITHIN = Duration.ofSeconds(15);
    private static final Duration TOKEN_LIFE = Duration.ofDays(30);

    /** A stack that is ready. */
    record Running(Stack stack, StackState state) {}

    /**
     * @param lock closed when the stack is down again
     * @param transientStack whether it lives for one render only
     * @param shown where log lines go besides the log files
     */
    Running launch(StackLock lock, StackSettings settings, boolean transientStack, LogSink shown)
            throws Failure, InterruptedException {
        onExit.add(lock::close);
        try {
            return launchLocked(settings, transientStack, shown);
        } catch (ServerStartException e) {
            var details = new ArrayList<String>();
            e.lastLines().forEach(line -> details.add(e.server() + " | " + line));
            details.add("The whole log: " + installation.stackDirectory().logs().resolve(e.server() + ".log"));
            throw Failure.unreachable("The stack could not be started: " + e.getMessage() + ".", details, e);
        } catch (IOException e) {
            throw Failure.unreachable("The stack could not be started: " + e.getMessage() + ".", List.of(), e);
        }
    }

    /** Ends what a killed launcher left running. Only for the holder of the lock. */
    void endLeftovers() throws IOException {
        var directory = installation.stackDirectory();
        var ended = new RunDirectory(directory.run()).stopLeftovers(LEFTOVERS_WITHIN);
        if (!ended.isEmpty()) {
            terminal.say("Ended what an earlier stack had left running: " + String.join(", ", ended) + ".");
        }
        StackState.remove(directory);
    }

    private Running launchLocked(StackSettings settings, boolean transientStack, LogSink shown)
            throws IOException, InterruptedException {
        var directory = installation.stackDirectory();
        endLeftovers();
        var secret = Secret.of(directory);
        var logFiles = new LogFiles(directory.logs(), LogFiles.DEFAULT_LIMIT);
        onExit.add(logFiles::close);
        var stack = Stack.on(
                directory, installation, settings, secret, LogSink.all(List.of(logFiles, shown), terminal::complain));
        onExit.add(stack::stop);
        stack.start();
        var workspace = Workspace.of(directory);
        var token = Token.issue(secret, "local", workspace, TOKEN_LIFE, clock);
        var state = new StackState(
                stack.apiUrl(),
                token,
                workspace,
                stack.simulatorUrl(),
                ProcessHandle.current().pid(),
                transientStack);
        state.write(directory);
        onExit.add(() -> StackState.remove(directory));
        return new Running(stack, state);
    }
}
