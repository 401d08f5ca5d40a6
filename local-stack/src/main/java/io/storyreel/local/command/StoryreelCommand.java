package io.storyreel.local.command;

import io.storyreel.local.stack.Installation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Clock;

/** The command with its subcommands. */
@Command(
        name = "storyreel",
        mixinStandardHelpOptions = true,
        version = "storyreel 0.1.0",
        description = "Turns a storyboard, a script and music into a finished video, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the render failed, or its video could not be fetched",
            "2:wrong usage or bad input; nothing was started",
            "3:the server does not answer, or the stack cannot be started",
            "130:cancelled (Ctrl-C)"
        })
public final class StoryreelCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private StoryreelCommand() {}

    /** @return the exit code, see {@link ExitCode} */
    public static int run(String... arguments) {
        return commandLine(Terminal.current(), Installation.current(), Clock.systemUTC())
                .execute(arguments);
    }

    static CommandLine commandLine(Terminal terminal, Installation installation, Clock clock) {
        var line = new CommandLine(new StoryreelCommand()).addSubcommand(new UpCommand(terminal, installation, clock));
        line.getSubcommands().values().forEach(StoryreelCommand::describeAlike);
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, terminal));
        return line;
    }

    private static void describeAlike(CommandLine subcommand) {
        var spec = subcommand.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n");
    }

    private static int report(Exception failure, Terminal terminal) throws Exception {
        if (failure instanceof Failure known) {
            terminal.complain(known.getMessage());
            known.details().forEach(detail -> terminal.complain("  " + detail));
            return known.exitCode();
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: up, render, token or doctor.");
    }
}
