package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.replicate.ReplicateSettings.Clips;
import io.storyreel.worker.provider.replicate.ReplicateSettings.Inputs;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A model that moves pictures, and how it is told what to do.
 *
 * @param fields its names of our concepts; one that it does not take is not there
 * @param resolution asked for, if it takes one
 * @param extra inputs that are the same for every clip
 * @param lengths that can be bought, in s
 */
record ClipModel(
        ModelName name,
        Map<Concept, String> fields,
        String resolution,
        Map<String, Object> extra,
        SortedSet<Integer> lengths) {
    private static final String NONE = "none";
    private static final int USUAL_LENGTH = 5;
    private static final int LONGEST_OF_SEEDANCE = 15;

    /** What a model is told. */
    enum Concept {
        PROMPT,
        IMAGE,
        DURATION,
        RESOLUTION,
        ASPECT_RATIO,
        SEED
    }

    static ClipModel of(Clips settings) {
        ClipModel known = known(settings.model());
        Map<Concept, String> fields = new LinkedHashMap<>(known.fields());
        Inputs inputs = settings.inputs();
        name(fields, Concept.PROMPT, inputs.prompt());
        name(fields, Concept.IMAGE, inputs.image());
        name(fields, Concept.DURATION, inputs.duration());
        name(fields, Concept.RESOLUTION, inputs.resolution());
        name(fields, Concept.ASPECT_RATIO, inputs.aspectRatio());
        name(fields, Concept.SEED, inputs.seed());
        Map<String, Object> extra = new LinkedHashMap<>(known.extra());
        settings.extra().forEach((field, value) -> extra.put(field, literal(value)));
        var lengths = settings.lengths().<SortedSet<Integer>>map(TreeSet::new).orElse(known.lengths());
        return new ClipModel(known.name(), Map.copyOf(fields), settings.resolution(), Map.copyOf(extra), lengths);
    }

    /** Read on Replicate's own version pages. */
    private static ClipModel known(String model) {
        ModelName name = ModelName.of(model);
        return switch (name.path()) {
            case "wan-video/wan-2.5-i2v" ->
                new ClipModel(
                        name,
                        named(Concept.PROMPT, Concept.IMAGE, Concept.DURATION, Concept.RESOLUTION, Concept.SEED),
                        null,
                        Map.of(),
                        new TreeSet<>(List.of(5, 10)));
            case "bytedance/seedance-2.0", "bytedance/seedance-2.0-fast" ->
                new ClipModel(
                        name,
                        named(Concept.values()),
                        null,
                        Map.of("generate_audio", false), // the voice is ours
                        new TreeSet<>(IntStream.rangeClosed(1, LONGEST_OF_SEEDANCE)
                                .boxed()
                                .toList()));
            default ->
                new ClipModel(
                        name,
                        named(Concept.PROMPT, Concept.IMAGE),
                        null,
                        Map.of(),
                        new TreeSet<>(List.of(USUAL_LENGTH)));
        };
    }

    private static Map<Concept, String> named(Concept... concepts) {
        Map<Concept, String> fields = new LinkedHashMap<>();
        for (Concept concept : concepts) {
            fields.put(concept, concept.name().toLowerCase(Locale.ROOT));
        }
        return fields;
    }

    private static void name(Map<Concept, String> fields, Concept concept, Optional<String> set) {
        set.ifPresent(name -> {
            if (NONE.equals(name)) {
                fields.remove(concept);
            } else {
                fields.put(concept, name);
            }
        });
    }

    private static Object literal(String value) {
        try {
            return Json.decodeValue(value);
        } catch (DecodeException text) {
            return value;
        }
    }

    /** Whether an attempt can be found again by what it was told. */
    boolean marksAttempts() {
        return fields.containsKey(Concept.SEED);
    }

    /** @param image an address that Replicate can read, or the picture itself as a data address */
    JsonObject input(ClipRequest wanted, String image, AttemptMark mark) {
        JsonObject input = new JsonObject(new LinkedHashMap<>(extra));
        put(input, Concept.PROMPT, wanted.prompt());
        put(input, Concept.IMAGE, image);
        put(input, Concept.DURATION, wanted.seconds());
        put(input, Concept.RESOLUTION, resolution);
        put(input, Concept.ASPECT_RATIO, Shapes.name(wanted.ratio()));
        put(input, Concept.SEED, mark.seed());
        return input;
    }

    private void put(JsonObject input, Concept concept, Object value) {
        String field = fields.get(concept);
        if (field != null) {
            input.put(field, value);
        }
    }
}
