package io.storyreel.worker.provider.custom;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.VideoRequest;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.ProviderKey;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Whole videos from a renderer behind our own contract. */
@ApplicationScoped
public class CustomVideoProvider implements VideoProvider {
    static final String NAME = "custom";

    private static final String UNPRICED =
            "STORYREEL_CUSTOM_PRICE_PER_SECOND is not set: set it to what a second of video costs in USD, 0 if nothing";

    private final CustomSettings settings;
    private final CustomGateway gateway;
    private final CustomJobs jobs;
    private final Clock clock;
    private final RecentlyAccepted recent = new RecentlyAccepted();

    CustomVideoProvider(CustomSettings settings, CustomGateway gateway, CustomJobs jobs, Clock clock) {
        this.settings = settings;
        this.gateway = gateway;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS_BY_KEY;
    }

    @Override
    public ProviderOffer offer() {
        String address = ProviderAddress.of(
                        "CUSTOM_VIDEO_API_URL", settings.url().orElse(null))
                .missing();
        String missing = address != null
                ? address
                : ProviderKey.of("CUSTOM_VIDEO_API_KEY", settings.key().orElse(null))
                        .missing();
        return new ProviderOffer(NAME, ProviderOffer.Kind.VIDEO, null, null, pricePerSecond(), Set.of(), missing)
                .withoutPrice(settings.pricePerSecond().isPresent() ? null : UNPRICED);
    }

    @Override
    public List<String> circuits() {
        return List.of("custom-submit", "custom-poll");
    }

    @Override
    public BigDecimal estimate(VideoRequest wanted) {
        return pricePerSecond().multiply(BigDecimal.valueOf(wanted.storyboard().plannedSeconds()));
    }

    @Override
    public Uni<Submitted> submit(VideoRequest wanted, String key) {
        return submit(wanted, key, new Departure());
    }

    @Override
    public Uni<Submitted> submit(VideoRequest wanted, String key, Departure departure) {
        return Uni.createFrom()
                .item(() -> CustomOrder.of(wanted))
                .chain(order -> gateway.submit(order, key, departure))
                .invoke(submitted -> recent.accepted(submitted.id(), clock.instant()))
                .onFailure()
                .transform(failure -> departure.meaning(CustomGateway.VENDOR, failure));
    }

    @Override
    public Uni<TaskProgress<MadeVideo>> poll(ProviderTask task, int told) {
        String id = task.providerTaskId();
        return gateway.job(id)
                .map(answer -> progress(task, answer))
                .onFailure(failure -> isGone(failure) && recent.within(settings.notYetKnown(), id, clock.instant()))
                .recoverWithItem(CustomJobs::notYetKnown);
    }

    /** Safe to repeat. A job that has ended in spite of it is told as it ended. */
    @Override
    public Uni<TaskProgress<MadeVideo>> cancel(ProviderTask task) {
        if (task.providerTaskId() == null) {
            return Uni.createFrom().item(CustomJobs.canceled("unknown", null));
        }
        return gateway.delete(task.providerTaskId())
                .chain(answer -> answer.status() == CustomGateway.ALREADY_FINAL
                        ? poll(task, 0)
                        : Uni.createFrom().item(() -> progress(task, answer)))
                .onFailure(CustomVideoProvider::isGone)
                .recoverWithItem(() -> CustomJobs.canceled("not_found", null));
    }

    /** Its contract says so: nobody but the render that ordered it can use a whole video. */
    @Override
    public boolean stopsLateTasks() {
        return true;
    }

    @Override
    public Duration firstLook() {
        return settings.firstLook();
    }

    @Override
    public Duration patience(VideoRequest wanted) {
        Duration byLength =
                Duration.ofMillis(Math.round(wanted.storyboard().plannedSeconds() * 1_000 * settings.patienceFactor()));
        return byLength.compareTo(settings.leastPatience()) > 0 ? byLength : settings.leastPatience();
    }

    private BigDecimal pricePerSecond() {
        return settings.pricePerSecond().orElse(BigDecimal.ZERO);
    }

    private TaskProgress<MadeVideo> progress(ProviderTask task, JsonAnswer answer) {
        Instant now = clock.instant();
        return jobs.progress(
                task.providerTaskId(),
                answer.jsonOrEmpty(),
                Duration.between(task.begunAt(), now),
                CustomErrors.hint(answer, now));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderRefusedException refused && refused.reason() == Reason.GONE;
    }
}
