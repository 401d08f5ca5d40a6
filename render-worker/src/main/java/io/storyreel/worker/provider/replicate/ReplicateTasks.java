package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.provider.PollPace;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.StrangeStates;

import java.time.Clock;
import java.time.Duration;

/**
 * What is the same for all predictions of a model once they are ordered.
 *
 * @param seed the model's name of its seed; null if it takes none, and attempts cannot be told apart
 */
record ReplicateTasks(
        ReplicateGateway gateway,
        ReplicateWire wire,
        ReplicateSettings settings,
        Clock clock,
        StrangeStates strange,
        PollPace pace,
        ModelName model,
        String seed) {

    Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        return gateway.read(addresses(task).get())
                .map(prediction -> progress().of(new Prediction(prediction), false, told, elapsed(task)));
    }

    /** The item is null if there is none, or nobody can tell. */
    Uni<Submitted> find(ProviderTask lost) {
        return seed == null
                ? Uni.createFrom().nullItem()
                : new AttemptSearch(gateway, settings, model, seed, AttemptMark.of(lost.key()), lost.begunAt()).run();
    }

    Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        if (task.providerTaskId() != null) {
            return stop(task, addresses(task));
        }
        return find(task)
                .chain(found -> found == null
                        ? Uni.createFrom()
                                .item(canceled(
                                        "UNKNOWN", "Canceled before Replicate had answered; it may have been made"))
                        : stop(
                                task,
                                ReplicateAddresses.of(
                                        settings, found.id(), found.handle().encode())));
    }

    private Uni<TaskProgress<RemoteFile>> stop(ProviderTask task, ReplicateAddresses addresses) {
        return gateway.cancel(addresses.cancel())
                .map(prediction -> progress().of(new Prediction(prediction), true, 0, elapsed(task)))
                .onFailure(ReplicateTasks::isGone)
                .recoverWithItem(() -> canceled("NOT_FOUND", "Replicate has no such task any more"));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderRefusedException refused && refused.reason() == Reason.GONE;
    }

    private static TaskProgress<RemoteFile> canceled(String state, String message) {
        return new TaskProgress.Failed<>(state, "canceled", message, Verdict.CANCELED, null);
    }

    private PredictionProgress progress() {
        return new PredictionProgress(pace, wire.key().usable() ? wire.key().as("Bearer") : null, strange);
    }

    private ReplicateAddresses addresses(ProviderTask task) {
        return ReplicateAddresses.of(settings, task.providerTaskId(), task.handle());
    }

    private Duration elapsed(ProviderTask task) {
        return Duration.between(task.begunAt(), clock.instant());
    }
}
