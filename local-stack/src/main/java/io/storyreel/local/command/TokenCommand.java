package io.storyreel.local.command;

import io.storyreel.local.stack.Installation;
import io.storyreel.local.stack.Secret;
import io.storyreel.local.stack.Token;
import io.storyreel.local.stack.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;

@Command(name = "token", description = "Prints a bearer token for the stack on this machine.")
final class TokenCommand implements Callable<Integer> {

    private static final int MOST_DAYS = 3650;

    private final Terminal terminal;
    private final Installation installation;
    private final Clock clock;

    @Option(names = "--workspace", paramLabel = "ID", description = "Workspace (default: this machine's own).")
    private UUID workspace;

    @Option(names = "--days", paramLabel = "N", description = "How long it is good for, 1 to 3650 (default: 30).")
    private int days = 30;

    TokenCommand(Terminal terminal, Installation installation, Clock clock) {
        this.terminal = terminal;
        this.installation = installation;
        this.clock = clock;
    }

    @Override
    public Integer call() throws Failure, IOException {
        if (days < 1 || days > MOST_DAYS) {
            throw Failure.badInput("--days is " + days + "; give a number from 1 to " + MOST_DAYS + ".");
        }
        var directory = installation.stackDirectory().made();
        var named = workspace == null ? Workspace.of(directory) : workspace;
        terminal.say(Token.issue(Secret.of(directory), "local", named, Duration.ofDays(days), clock));
        return ExitCode.OK;
    }
}
