package io.storyreel.local.simulator.spoken;

import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.log.Purchase;
import io.storyreel.local.simulator.media.Digest;
import io.storyreel.local.simulator.media.VoiceFormat;
import io.storyreel.local.simulator.media.VoiceMaker;
import io.storyreel.local.simulator.task.Bill;
import io.storyreel.local.simulator.task.Product;
import io.storyreel.local.simulator.wire.Answer;

import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A text that a speech vendor has accepted, and will charge for.
 *
 * @param price of the finished sound in USD
 */
public record SpokenAnswer(
        String model,
        String voice,
        String text,
        double speed,
        VoiceFormat format,
        Function<Product, BigDecimal> price) {

    /** The sound, and the purchase in the log. */
    public CompletionStage<Answer> by(VoiceMaker voices, Call call) {
        return voices.speak(text, voice, speed, format).thenCompose(product -> {
            var scene = Digest.of(model, voice, text, Double.toString(speed));
            call.bought(new Purchase(scene.substring(0, 16), "", model, text, "", 0, Bill.paid(price.apply(product))));
            return CompletableFuture.completedFuture(Answer.file(product.file(), format.contentType()));
        });
    }
}
