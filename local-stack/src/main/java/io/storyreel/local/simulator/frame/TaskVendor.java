package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A vendor whose work takes its time: it hands out tasks, and its results lie at addresses of their own. */
public abstract class TaskVendor implements Vendor {

    protected final TaskLine line;
    protected final ResultFiles files;
    private final String name;
    private final StaleAnswers stale = new StaleAnswers();

    protected TaskVendor(String name, TaskLine line) {
        this.name = name;
        this.line = line;
        files = new ResultFiles(name, line);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<TaskLine> tasks() {
        return Optional.of(line);
    }

    @Override
    public final Subject subject(Request request) {
        return files.isFor(request) ? files.subject(request) : order(request);
    }

    /** What a call that is no download is about. */
    protected abstract Subject order(Request request);

    /** @param carries of a task that is known */
    protected final Subject about(CallKind kind, String task, Function<Task, Set<Part>> carries) {
        return line.find(task)
                .map(found -> new Subject(kind, found.id(), carries.apply(found), found::about))
                .orElse(Subject.of(kind));
    }

    @Override
    public CompletionStage<Answer> answer(Request request, Call call) {
        if (files.isFor(request)) {
            return files.answer(request, call).now();
        }
        try {
            return reply(request, call);
        } catch (Refusal refused) {
            return refused.answer().now();
        }
    }

    /** Answers a call that is no download. */
    protected abstract CompletionStage<Answer> reply(Request request, Call call) throws Refusal;

    /** @return the answer to a poll, or an old one where the fault wants that */
    protected final Answer polled(Task task, Fault fault, Answer fresh) {
        return stale.either(fault.is(FaultKind.DUPLICATE), task.id(), fresh);
    }
}
