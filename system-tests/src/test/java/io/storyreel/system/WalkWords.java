package io.storyreel.system;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random content of requests: what may be, in every script that people write in. */
final class WalkWords {
    private static final List<String> TEXTS = List.of(
            "A lighthouse at dusk, warm light",
            "\u0645\u0646\u0627\u0631\u0629 \u0639\u0646\u062f \u0627\u0644\u063a\u0631\u0648\u0628 \u202e",
            "\u706f\u53f0\u3068\u6d77\u306e\u3042\u308b\u98a8\u666f\u3001\u5915\u66ae\u308c",
            "\ud83c\udfac\ud83c\udf05\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 at the harbour",
            "\"quoted\" \\ back % percent & more; drop table job --",
            "e\u0301tude \u00e9tude \u2014 two forms of one letter");

    private static final String[] TRANSITIONS = {"none", "cut", "fade", "dissolve", "wipe_left", "slide_right", "zoom"};
    private static final String[] RATIOS = {"16:9", "9:16", "1:1"};

    private WalkWords() {}

    /** At least ten characters, never twice the same. */
    static String text(Random random) {
        return one(TEXTS, random) + ' ' + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
    }

    static <T> T one(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static ObjectNode project(Random random) {
        ObjectNode project = Films.JSON.createObjectNode().put("title", text(random));
        if (random.nextBoolean()) {
            project.put("approved", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            project.put("style", text(random)).put("aspect_ratio", RATIOS[random.nextInt(RATIOS.length)]);
        }
        ArrayNode scenes = storyboard(random);
        project.set("storyboard", scenes);
        project.set("script", script(scenes, random));
        return project;
    }

    /** One to six scenes in any order, with or without gaps between their numbers. */
    static ArrayNode storyboard(Random random) {
        ArrayNode scenes = Films.JSON.createArrayNode();
        int step = 1 + random.nextInt(2);
        boolean complete = random.nextInt(5) > 0;
        List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, 1 + random.nextInt(6))
                .map(i -> i * step)
                .boxed()
                .toList());
        Collections.shuffle(numbers, random);
        numbers.forEach(number -> {
            ObjectNode scene = scenes.addObject()
                    .put("scene_index", number)
                    .put("duration", 0.5 + random.nextInt(5_000) / 1000.0)
                    .put("transition", TRANSITIONS[random.nextInt(TRANSITIONS.length)]);
            if (complete || random.nextBoolean()) {
                scene.put("image_url", "https://example.com/" + random.nextInt(1_000) + ".png");
            } else {
                scene.put("image_prompt", text(random));
            }
            if (random.nextBoolean()) {
                scene.put("description", text(random));
            }
        });
        return scenes;
    }

    private static ArrayNode script(ArrayNode scenes, Random random) {
        ArrayNode script = Films.JSON.createArrayNode();
        boolean named = random.nextBoolean();
        for (int i = 0; i < scenes.size() && random.nextInt(3) > 0; i++) {
            ObjectNode line = script.addObject().put("text", text(random));
            if (named) {
                line.set("scene_index", scenes.get(i).get("scene_index"));
            }
        }
        return script;
    }
}
