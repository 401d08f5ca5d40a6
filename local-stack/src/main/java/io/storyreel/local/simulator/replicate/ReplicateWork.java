package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.log.Purchase;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Band;
import io.storyreel.local.simulator.media.ClipMaker;
import io.storyreel.local.simulator.media.Digest;
import io.storyreel.local.simulator.media.Framing;
import io.storyreel.local.simulator.media.Shape;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Bill;
import io.storyreel.local.simulator.task.Product;

import java.awt.Color;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What a checked input asks for.
 *
 * @param picture the first frame; null without one
 */
record ReplicateWork(ReplicateModel model, ObjectNode input, Asset picture) {

    private static final BigDecimal DOLLARS_PER_PICTURE = new BigDecimal("0.003");
    private static final BigDecimal DOLLARS_PER_SECOND = new BigDecimal("0.10");
    private static final Color COLOUR = new Color(0x1F6F54);
    private static final int CHOSEN_SECONDS = 5;

    int seconds() {
        var asked = input.path("duration").asInt(CHOSEN_SECONDS);
        return model.pictures() ? 0 : asked < 0 ? CHOSEN_SECONDS : asked;
    }

    private int outputs() {
        return input.path("num_outputs").asInt(1);
    }

    BigDecimal price() {
        return model.pictures()
                ? DOLLARS_PER_PICTURE.multiply(BigDecimal.valueOf(outputs()))
                : DOLLARS_PER_SECOND.multiply(BigDecimal.valueOf(seconds()));
    }

    String prompt() {
        return input.path("prompt").asText("");
    }

    CompletableFuture<List<Product>> make(Studio studio) {
        return model.pictures() ? pictures(studio) : video(studio);
    }

    private CompletableFuture<List<Product>> video(Studio studio) {
        var resolution = input.path("resolution").asText("720p");
        var shortSide = Integer.parseInt(resolution.substring(0, resolution.length() - 1));
        var ratio = input.path("aspect_ratio").asText("16:9");
        var asPicture = picture != null && (model.id().startsWith("wan-video/") || ratio.equals("adaptive"));
        Framing framing = asPicture
                ? new Framing.AsPicture(shortSide)
                : new Framing.Fixed(Shape.ratio(ratio.equals("adaptive") ? "16:9" : ratio, shortSide));
        var sound = input.path("generate_audio").asBoolean(model.id().startsWith("bytedance/"));
        return studio.clips()
                .clip(new ClipMaker.Clip(
                        picture == null ? new Asset.Drawn(prompt()) : picture,
                        framing,
                        seconds(),
                        sound,
                        new Band("REPLICATE " + seconds() + " S", COLOUR)))
                .thenApply(List::of);
    }

    private CompletableFuture<List<Product>> pictures(Studio studio) {
        var full = input.path("megapixels").asText("1").equals("1");
        var shape = Shape.area(input.path("aspect_ratio").asText("1:1"), full ? 1 << 20 : 1 << 18);
        var format = input.path("output_format").asText("webp");
        var made = new ArrayList<CompletableFuture<Product>>();
        for (var i = 0; i < outputs(); i++) {
            var seed = input.path("seed").asLong(0) + i;
            made.add(studio.pictures().picture(prompt(), seed, shape, format, new Band("REPLICATE", COLOUR)));
        }
        return CompletableFuture.allOf(made.toArray(CompletableFuture[]::new))
                .thenApply(all -> made.stream().map(CompletableFuture::join).toList());
    }

    Purchase purchase(Bill bill) {
        var image = picture == null ? "" : picture.identity();
        Map<String, String> rest = new TreeMap<>();
        for (var field : input.properties()) {
            if (!field.getKey().equals("image")) {
                rest.put(field.getKey(), field.getValue().asText());
            }
        }
        var scene = Digest.of(model.id(), image, rest.toString());
        return new Purchase(scene.substring(0, 16), "", model.id(), prompt(), image, seconds(), bill);
    }
}
