package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.health.ProviderWatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Closes attempts whose end nobody will hear, each by what is known of it. The one place of that rule, for tasks and
 * calls alike: what never left has cost nothing, what was charged is booked, and what may have been charged is told to
 * the user and to the operator as just that.
 */
@ApplicationScoped
public class GivenUp {
    private static final Logger LOG = Logger.getLogger(GivenUp.class);

    private final ProviderTasks ledger;
    private final ProviderWatch watch;

    public GivenUp(ProviderTasks ledger, ProviderWatch watch) {
        this.ledger = ledger;
        this.watch = watch;
    }

    /** To be written again while the database is away. */
    Uni<Void> closed(ProviderTask attempt) {
        if (attempt.sentAt() == null && attempt.providerTaskId() == null) {
            return ledger.notAccepted(attempt, "it was never sent");
        }
        if (attempt.costActual() != null) {
            return ledger.failed(attempt, null, attempt.costActual(), "it was charged, and lost before it was kept");
        }
        return lost(attempt);
    }

    /** Of an attempt that has left, and that may have been charged. */
    Uni<Void> lost(ProviderTask attempt) {
        return ledger.lost(attempt).invoke(() -> told(attempt));
    }

    private void told(ProviderTask attempt) {
        watch.outcomeUnknown(attempt.provider());
        LOG.warnf(
                "attempt of unknown outcome given up: job=%s purpose=%s scene=%d part=%d provider=%s attempt=%d"
                        + " possibly_charged_usd=%s",
                attempt.jobId(),
                attempt.purpose().wireName(),
                attempt.scene(),
                attempt.part(),
                attempt.provider(),
                attempt.attempt(),
                attempt.costEstimated().toPlainString());
    }
}
