package io.storyreel.worker.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How receivers are told how renders ended. */
@ConfigMapping(prefix = "storyreel.webhooks")
public interface WebhookSettings {

    /**
     * Pauses before the tries of a delivery; their number is the number of tries. Each is lengthened by up to a fifth,
     * by chance, so that receivers which come back are not overrun.
     */
    @WithDefault("0s,5s,1m,5m,30m,2h,6h,16h")
    List<Duration> schedule();

    /** How long a receiver may take to answer, looking up its name and connecting included. */
    @WithDefault("15s")
    Duration timeout();

    /** An endpoint where every try has failed for so long is switched off. */
    @WithDefault("5d")
    Duration giveUpAfter();

    /** The longest pause that a receiver may ask for with {@code Retry-After}, in an answer 429 or 503. */
    @WithDefault("1h")
    Duration longestRetryAfter();

    /** Deliveries under way at once in this worker. */
    @WithDefault("32")
    int mostAtOnce();

    /** Of these, to one endpoint. */
    @WithDefault("4")
    int mostPerEndpoint();

    /** Pause between two looks for what is to be delivered. */
    @WithDefault("500ms")
    Duration look();

    /** How long deliveries that have ended can be read and replayed. */
    @WithDefault("30d")
    Duration keep();

    /**
     * Where the API can be reached by receivers, such as {@code https://video.example.com}; addresses in the body begin
     * with it. Empty: they begin with a slash.
     */
    Optional<String> publicUrl();
}
