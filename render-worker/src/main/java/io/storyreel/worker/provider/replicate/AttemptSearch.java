package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.http.TaskIds;
import io.storyreel.worker.provider.http.TrustedServers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Looks for an attempt's prediction among all of our account, newest first, for when nobody heard its name. It is the
 * attempt's only if model and mark are; the inputs of others than the last hour's are wiped, so those are never found.
 *
 * @param field the model's name of the seed
 */
record AttemptSearch(
        ReplicateGateway gateway,
        ReplicateSettings settings,
        ModelName model,
        String field,
        AttemptMark mark,
        Instant begun) {
    /** How far our clock and theirs may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private static final int MOST_PAGES = 10;

    /** The item is null if there is none. */
    Uni<Submitted> run() {
        return page(ReplicateAddresses.base(settings).at("/predictions"), 1);
    }

    private Uni<Submitted> page(String url, int number) {
        return gateway.read(url).chain(page -> {
            JsonArray results = page.getValue("results") instanceof JsonArray found ? found : new JsonArray();
            boolean older = false;
            for (Object result : results) {
                if (result instanceof JsonObject told) {
                    if (isTheAttempts(told)) {
                        return Uni.createFrom()
                                .item(new Submitted(told.getString("id"), ReplicateAddresses.handle(told), null));
                    }
                    older |= isOlder(new Prediction(told));
                }
            }
            boolean more = !older
                    && number < MOST_PAGES
                    && page.getValue("next") instanceof String next
                    && new TrustedServers(settings.url(), Set.of()).trust(next);
            return more
                    ? page(page.getString("next"), number + 1)
                    : Uni.createFrom().nullItem();
        });
    }

    private boolean isTheAttempts(JsonObject told) {
        Prediction prediction = new Prediction(told);
        return model.made(told)
                && TaskIds.isHarmless(prediction.id())
                && prediction.input().getValue(field) instanceof Number seed
                && seed.longValue() == mark.seed()
                && !isOlder(prediction);
    }

    private boolean isOlder(Prediction prediction) {
        Instant created = prediction.createdAt();
        return created != null && created.isBefore(begun.minus(CLOCKS));
    }
}
