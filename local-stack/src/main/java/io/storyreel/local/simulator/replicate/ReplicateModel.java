package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Digest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.storyreel.local.simulator.replicate.InputField.address;
import static io.storyreel.local.simulator.replicate.InputField.addresses;
import static io.storyreel.local.simulator.replicate.InputField.choice;
import static io.storyreel.local.simulator.replicate.InputField.flag;
import static io.storyreel.local.simulator.replicate.InputField.number;
import static io.storyreel.local.simulator.replicate.InputField.oneOfNumbers;
import static io.storyreel.local.simulator.replicate.InputField.text;

/**
 * An official model.
 *
 * @param pictures whether it makes pictures, otherwise videos
 */
record ReplicateModel(String id, boolean pictures, List<InputField> inputs) {

    private static final long SEEDS = 4_294_967_295L;

    private static final ReplicateModel FLUX = new ReplicateModel(
            "black-forest-labs/flux-schnell",
            true,
            List.of(
                    text("prompt").needed(),
                    choice(
                            "aspect_ratio",
                            "1:1",
                            "16:9",
                            "21:9",
                            "3:2",
                            "2:3",
                            "4:5",
                            "5:4",
                            "3:4",
                            "4:3",
                            "9:16",
                            "9:21"),
                    number("num_outputs", 1, 4),
                    number("num_inference_steps", 1, 4),
                    choice("megapixels", "1", "0.25"),
                    choice("output_format", "webp", "jpg", "png"),
                    number("output_quality", 0, 100),
                    number("seed", 0, SEEDS),
                    flag("go_fast"),
                    flag("disable_safety_checker")));

    private static final ReplicateModel WAN = new ReplicateModel(
            "wan-video/wan-2.5-i2v",
            false,
            List.of(
                    address("image").needed(),
                    text("prompt").needed(),
                    oneOfNumbers("duration", "5", "10"),
                    choice("resolution", "480p", "720p", "1080p"),
                    text("negative_prompt"),
                    address("audio"),
                    flag("enable_prompt_expansion"),
                    number("seed", 0, SEEDS)));

    private static final List<ReplicateModel> ALL =
            List.of(FLUX, WAN, seedance("bytedance/seedance-2.0"), seedance("bytedance/seedance-2.0-fast"));

    private static ReplicateModel seedance(String id) {
        return new ReplicateModel(
                id,
                false,
                List.of(
                        text("prompt").needed(),
                        address("image"),
                        address("last_frame_image"),
                        number("duration", -1, 15),
                        choice("resolution", "480p", "720p", "1080p"),
                        choice("aspect_ratio", "16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "9:21", "adaptive"),
                        flag("generate_audio"),
                        addresses("reference_images"),
                        addresses("reference_videos"),
                        addresses("reference_audios"),
                        number("seed", 0, SEEDS)));
    }

    static Optional<ReplicateModel> named(String id) {
        return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** By what stands in {@code version}: an id of 64 hex digits, {@code owner/name:id}, or the name alone. */
    static Optional<ReplicateModel> ofVersion(String version) {
        var colon = version.indexOf(':');
        var id = version.substring(colon + 1);
        Stream<ReplicateModel> candidates = ALL.stream();
        if (colon > 0) {
            candidates = candidates.filter(model -> model.id().equals(version.substring(0, colon)));
        }
        return candidates
                .filter(model ->
                        model.version().equals(id) || colon < 0 && model.id().equals(version))
                .findFirst();
    }

    /** 64 hex digits. */
    String version() {
        return Digest.of("version", id);
    }

    void check(ObjectNode input) throws ReplicateRefusal {
        for (var given : input.properties()) {
            var field = inputs.stream()
                    .filter(known -> known.name().equals(given.getKey()))
                    .findFirst()
                    .orElseThrow(() -> ReplicateRefusal.invalid(
                            "input", "Additional property " + given.getKey() + " is not allowed"));
            field.check(given.getValue());
        }
        for (var field : inputs) {
            if (field.required() && !input.has(field.name())) {
                throw ReplicateRefusal.invalid("input", field.name() + " is required");
            }
        }
        checkTogether(input);
    }

    private static void checkTogether(ObjectNode input) throws ReplicateRefusal {
        if (input.has("last_frame_image") && !input.has("image")) {
            throw ReplicateRefusal.invalid("input.last_frame_image", "needs image");
        }
        if (input.path("reference_images").size() > 9) {
            throw ReplicateRefusal.invalid("input.reference_images", "at most 9");
        }
        if (input.path("reference_images").size() > 0 && input.has("image")) {
            throw ReplicateRefusal.invalid("input.reference_images", "cannot be combined with image");
        }
        if (input.path("duration").asInt(1) == 0) {
            throw ReplicateRefusal.invalid("input.duration", "Must be from 1 to 15, or -1");
        }
    }

    ObjectNode describe() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("url", "https://replicate.com/" + id)
                .put("owner", id.substring(0, id.indexOf('/')))
                .put("name", id.substring(id.indexOf('/') + 1))
                .put("description", "Simulated")
                .put("visibility", "public")
                .put("is_official", true);
        json.set("latest_version", describeVersion());
        return json;
    }

    ObjectNode describeVersion() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", version())
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("cog_version", "0.16.0");
        var schemas = json.putObject("openapi_schema")
                .put("openapi", "3.0.2")
                .putObject("components")
                .putObject("schemas");
        var input = schemas.putObject("Input").put("title", "Input").put("type", "object");
        var properties = input.putObject("properties");
        var required = input.putArray("required");
        for (var field : inputs) {
            properties.set(field.name(), field.describe());
            if (field.required()) {
                required.add(field.name());
            }
            if (!field.allowed().isEmpty()) {
                var values = schemas.putObject(field.name())
                        .put("type", field.type())
                        .putArray("enum");
                field.allowed().forEach(value -> {
                    if (field.type().equals("integer")) {
                        values.add(Integer.parseInt(value));
                    } else {
                        values.add(value);
                    }
                });
            }
        }
        var output = schemas.putObject("Output").put("title", "Output");
        if (pictures) {
            output.put("type", "array").putObject("items").put("type", "string").put("format", "uri");
        } else {
            output.put("type", "string").put("format", "uri");
        }
        return json;
    }
}
