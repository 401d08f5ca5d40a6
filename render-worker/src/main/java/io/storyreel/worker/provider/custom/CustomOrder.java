package io.storyreel.worker.provider.custom;

import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.VideoRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.util.Locale;

/** The body of {@code POST /renders}: what the contract knows of a storyboard. Moves of the camera it does not know. */
final class CustomOrder {
    private static final int MOST_BYTES = 1_000_000;
    private static final int LONGEST_URL = 2_048;

    private CustomOrder() {}

    /** @throws ProviderRefusedException if the contract has no way to say it; nothing is bought then */
    static JsonObject of(VideoRequest wanted) {
        OutputSpec output = wanted.storyboard().output();
        if (output.burnCaptions()) {
            throw refused("output.burn_captions cannot be true for the provider \"custom\": set it to false; caption"
                    + " files are made all the same");
        }
        JsonArray scenes = new JsonArray();
        wanted.storyboard().scenes().forEach(scene -> scenes.add(scene(scene, wanted)));
        JsonObject order = new JsonObject()
                .put("storyboard", scenes)
                .put("script", CustomScript.of(wanted.storyboard()))
                .put("background_music", music(wanted))
                .put(
                        "output",
                        new JsonObject()
                                .put("resolution", resolution(output))
                                .put("format", output.format().extension())
                                .put("fps", output.fps()))
                .put("metadata", new JsonObject().put("job", wanted.jobId().toString()));
        int bytes = order.toBuffer().length();
        if (bytes > MOST_BYTES) {
            throw refused("The storyboard has " + bytes + " bytes in the words of the provider \"custom\", which takes "
                    + MOST_BYTES + " at most: shorten the script");
        }
        return order;
    }

    private static JsonObject scene(Scene scene, VideoRequest wanted) {
        String image = wanted.images().get(scene.sceneIndex());
        if (image == null || image.length() > LONGEST_URL) {
            throw refused("The picture of scene " + scene.sceneIndex()
                    + " has no address of at most " + LONGEST_URL + " characters at which the custom renderer can read"
                    + " it");
        }
        return new JsonObject()
                .put("scene_index", scene.sceneIndex())
                .put("image_url", image)
                .put("duration", BigDecimal.valueOf(scene.duration()))
                .put("transition", scene.transition().name().toLowerCase(Locale.ROOT));
    }

    private static JsonObject music(VideoRequest wanted) {
        BackgroundMusic music = wanted.storyboard().backgroundMusic();
        return music == null || wanted.music() == null
                ? null
                : new JsonObject()
                        .put("url", wanted.music())
                        .put("volume", BigDecimal.valueOf(music.volume()))
                        .put("duck_during_voice", music.duckDuringVoice());
    }

    private static String resolution(OutputSpec output) {
        return switch (output.resolution()) {
            case P480 -> "480p";
            case P720 -> "720p";
            case P1080 -> "1080p";
            case UHD -> "4k";
        };
    }

    private static ProviderRefusedException refused(String message) {
        return new ProviderRefusedException(Reason.INPUT, message);
    }
}
