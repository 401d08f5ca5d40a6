package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.CorruptResultException.Flaw;
import io.storyreel.worker.provider.RemoteFile;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** One file of a provider on its way here, over as many connections and addresses as it takes, within bounds. */
final class ResultDownload {
    private static final Logger LOG = Logger.getLogger(ResultDownload.class);
    private static final int MOST_RENEWALS = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** 416: what is here is not a beginning of what is there. */
    private static final int UNSATISFIABLE_RANGE = 416;

    private static final Set<Integer> TRY_LATER = Set.of(408, 425, 429);

    private final ResultDownloads downloads;
    private final ResultSettings settings;
    private final FileKind kind;
    private final Path target;
    private final Supplier<Uni<RemoteFile>> renew;
    private RemoteFile file;
    private ResultRules rules;
    private PartialFile partial;
    private boolean authorized;
    private int repetitions;
    private int renewals;

    ResultDownload(
            ResultDownloads downloads,
            ResultSettings settings,
            FileKind kind,
            Path target,
            Supplier<Uni<RemoteFile>> renew) {
        this.downloads = downloads;
        this.settings = settings;
        this.kind = kind;
        this.target = target;
        this.renew = renew;
    }

    /** May be called once. */
    Uni<FetchedFile> run(RemoteFile wanted) {
        file = wanted;
        rules = new ResultRules(kind, limit(), wanted);
        partial = new PartialFile(target, rules);
        return attempt().onCancellation().call(() -> {
            partial.giveUp();
            return downloads.removed(target);
        });
    }

    private long limit() {
        return (kind == FileKind.VIDEO ? settings.mostVideoBytes() : settings.mostPictureBytes()).asLongValue();
    }

    private Uni<FetchedFile> attempt() {
        return Uni.createFrom()
                .deferred(() -> downloads.request(
                        WebAddress.parse(file.url()),
                        partial,
                        authorized ? file.authorization() : null,
                        settings.mostRedirects()))
                .onItemOrFailure()
                .transformToUni((answer, failure) -> failure == null ? judged(answer) : failed(failure));
    }

    private Uni<FetchedFile> judged(HttpAnswer answer) {
        int status = answer.status();
        if (status == 200 || status == 206 && answer.sha256() != null) {
            return Uni.createFrom().item(rules.checked(new FetchedFile(target, answer.size(), answer.sha256())));
        }
        if (status == UNSATISFIABLE_RANGE) {
            partial.startOver();
        }
        boolean expired = status >= 400 && status < 500 && status != UNSATISFIABLE_RANGE && !TRY_LATER.contains(status);
        return expired ? otherwise(status) : again("the server answered " + status, null);
    }

    private Uni<FetchedFile> failed(Throwable failure) {
        if (failure instanceof CorruptResultException || DiskFullException.isBehind(failure)) {
            return Uni.createFrom().failure(failure);
        }
        if (failure instanceof FetchException fetch && !fetch.isPassing()) {
            return Uni.createFrom()
                    .failure(new CorruptResultException(
                            Flaw.BAD_ADDRESS, "the file cannot be fetched: " + fetch.getMessage()));
        }
        if (failure instanceof OtherRangeException) {
            partial.startOver();
        }
        return again(wordsFor(failure), failure);
    }

    /** What the network itself says names hosts and addresses, which are for the log. */
    private static String wordsFor(Throwable failure) {
        if (failure instanceof FetchException || failure instanceof OtherRangeException) {
            return failure.getMessage();
        }
        LOG.infof("server of a result could not be reached: reason=%s", failure.getMessage());
        return "its server could not be reached";
    }

    private Uni<FetchedFile> again(String why, Throwable cause) {
        if (repetitions == settings.mostRepetitions()) {
            return Uni.createFrom()
                    .failure(new ResultUnreachableException(
                            "the file could not be fetched in " + (repetitions + 1) + " attempts: " + why, cause));
        }
        LOG.infof("transfer of a result is taken up again: at=%d reason=%s", partial.size(), why);
        return rested().chain(this::attempt);
    }

    private Uni<Void> rested() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(pause(repetitions++));
    }

    /** Doubling, and up to a quarter more, so that those who were cut off together do not come back together. */
    private Duration pause(int repetition) {
        long doubled = settings.firstPause().toMillis() << Math.min(repetition, 16);
        long pause = Math.min(LONGEST_PAUSE.toMillis(), doubled);
        return Duration.ofMillis(Math.max(1, pause + ThreadLocalRandom.current().nextLong(pause / 4 + 1)));
    }

    /**
     * The address does not lead to the file without more ado: with the authorization then, or from a new address, or a
     * little later, as the server that delivers a file may get it after we are told of it.
     */
    private Uni<FetchedFile> otherwise(int status) {
        if (!authorized && file.authorization() != null) {
            authorized = true;
            return attempt();
        }
        if (repetitions == settings.mostRepetitions()) {
            return Uni.createFrom().failure(gone(status));
        }
        LOG.infof("result is not to be had there yet, or not any more: status=%d", status);
        return rested().chain(() -> renewals < MOST_RENEWALS ? renewed(status) : attempt());
    }

    private Uni<FetchedFile> renewed(int status) {
        renewals++;
        return renew.get().chain(renewed -> {
            if (renewed == null) {
                throw gone(status);
            }
            return from(renewed);
        });
    }

    private Uni<FetchedFile> from(RemoteFile renewed) {
        file = new RemoteFile(
                renewed.url(),
                renewed.size() == null ? file.size() : renewed.size(),
                renewed.sha256() == null ? file.sha256() : renewed.sha256(),
                renewed.authorization());
        rules = new ResultRules(kind, limit(), file);
        authorized = false;
        PartialFile before = partial;
        partial = before.isRecognisable() ? before : new PartialFile(target, rules);
        return attempt();
    }

    private static CorruptResultException gone(int status) {
        return new CorruptResultException(
                Flaw.GONE, "the file is not to be had from the provider any more: its server answers " + status);
    }
}
