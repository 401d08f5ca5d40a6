package io.storyreel.worker.provider.mock;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.VideoRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

/**
 * Pretends to render: passes its stages in time and ends with the same small real video for everybody. Its tasks live
 * in the ledger alone, so they survive any worker.
 */
@ApplicationScoped
public class MockVideoProvider implements VideoProvider {
    private static final Capabilities CAPABILITIES = Capabilities.TASKS_BY_KEY;

    private final MockSettings settings;
    private final SampleVideo sample;
    private final Clock clock;

    public MockVideoProvider(MockSettings settings, SampleVideo sample, Clock clock) {
        this.settings = settings;
        this.sample = sample;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mock";
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public boolean readsFiles() {
        return false;
    }

    @Override
    public ProviderOffer offer() {
        return ProviderOffer.free(name(), ProviderOffer.Kind.VIDEO);
    }

    @Override
    public BigDecimal estimate(VideoRequest wanted) {
        return BigDecimal.ZERO;
    }

    @Override
    public Uni<Submitted> submit(VideoRequest wanted, String key) {
        return Uni.createFrom().item(Submitted.as("mock-" + key));
    }

    @Override
    public Uni<TaskProgress<MadeVideo>> poll(ProviderTask task, int told) {
        MockSchedule schedule = MockSchedule.of(task.jobId(), settings);
        Duration elapsed = Duration.between(task.begunAt(), clock.instant());
        int next = MockSchedule.stageAfter(told);
        Duration wait = schedule.until(next, elapsed);
        if (wait.compareTo(Duration.ZERO) > 0) {
            return running(told, wait);
        }
        if (next < 100) {
            return running(next, schedule.until(MockSchedule.stageAfter(next), elapsed));
        }
        return sample.stored().map(video -> new TaskProgress.Succeeded<>("succeeded", video, BigDecimal.ZERO));
    }

    @Override
    public Uni<TaskProgress<MadeVideo>> cancel(ProviderTask task) {
        return Uni.createFrom()
                .item(new TaskProgress.Failed<>(
                        "canceled", "canceled", "The task was canceled", Verdict.CANCELED, BigDecimal.ZERO));
    }

    private static Uni<TaskProgress<MadeVideo>> running(int percent, Duration again) {
        return Uni.createFrom().item(new TaskProgress.Running<>("running", percent, again));
    }
}
