package io.storyreel.local.command;

import io.storyreel.local.stack.Installation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;

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
        var line = new CommandLine(new StoryreelCommand())
                .addSubcommand(new UpCommand(terminal, installation, clock))
                .addSubcommand(new RenderCommand(terminal, installation, clock))
                .addSubcommand(new TokenCommand(terminal, installation, clock))
                .addSubcommand(new DoctorCommand(terminal, installation));
        var exitCodes = line.getCommandSpec().usageMessage().exitCodeList();
        line.getSubcommands().values().forEach(subcommand -> describeAlike(subcommand, exitCodes));
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((wrong, given) -> {
            terminal.complain(wrong.getMessage());
            terminal.complain("See " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
            return ExitCode.BAD_INPUT;
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, terminal));
        return line;
    }

    private static void describeAlike(CommandLine subcommand, Map<String, String> exitCodes) {
        var spec = subcommand.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes);
    }

    private static int report(Exception failure, Terminal terminal) throws Exception {
        if (failure instanceof Failure known) {
            terminal.complain(known.getMessage());
            known.details().forEach(detail -> terminal.complain("  " + detail));
            return known.exitCode();
        }
        if (failure instanceof IOException) {
            terminal.complain(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            return ExitCode.UNREACHABLE;
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: up, render, token or doctor.");
    }
}
