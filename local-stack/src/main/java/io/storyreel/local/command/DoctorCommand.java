package io.storyreel.local.command;

import io.storyreel.local.doctor.Doctor;
import io.storyreel.local.doctor.Finding;
import io.storyreel.local.stack.Installation;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.concurrent.Callable;

@Command(name = "doctor", description = "Checks this machine for what Storyreel needs, and says what to do.")
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Installation installation;

    DoctorCommand(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var findings = new Doctor(installation).examine();
        findings.forEach(this::tell);
        var problems = findings.stream()
                .filter(finding -> finding.verdict() == Finding.Verdict.PROBLEM)
                .count();
        terminal.say("");
        terminal.say(
                problems == 0
                        ? "Storyreel can run here."
                        : "Storyreel cannot run here: " + problems + (problems == 1 ? " problem." : " problems."));
        return problems == 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    private void tell(Finding finding) {
        var mark =
                switch (finding.verdict()) {
                    case OK -> "ok     ";
                    case WARNING -> "warning";
                    case PROBLEM -> "PROBLEM";
                };
        terminal.say(String.format("%s  %-16s %s", mark, finding.subject(), finding.found()));
        if (!finding.advice().isEmpty()) {
            terminal.say(" ".repeat(26) + "-> " + finding.advice());
        }
    }
}
