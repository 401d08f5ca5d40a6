package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProvider;

/** A provider that orders predictions of a model; whatever the model makes, Replicate treats them alike from then on. */
interface Predicting<Q> extends TaskProvider<Q, RemoteFile> {

    ReplicateTasks tasks();

    @Override
    default String name() {
        return "replicate";
    }

    @Override
    default Capabilities capabilities() {
        return Capabilities.TASKS;
    }

    @Override
    default Uni<Submitted> find(Q wanted, ProviderTask lost) {
        return tasks().find(lost);
    }

    @Override
    default Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        return tasks().poll(task, told);
    }

    @Override
    default Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        return tasks().cancel(task);
    }
}
