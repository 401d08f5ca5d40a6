package io.storyreel.local.render;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds parts of the wrong form and fields no storyboard has. All other values are the server's to judge. */
final class StoryboardFields {

    private static final Set<String> ROOT = Set.of(
            "title",
            "mode",
            "target_duration",
            "aspect_ratio",
            "style",
            "approved",
            "webhook_url",
            "storyboard",
            "script",
            "background_music",
            "output");

    private static final Map<String, Set<String>> BELOW = Map.of(
            "storyboard",
            Set.of(
                    "scene_index",
                    "image_url",
                    "image_prompt",
                    "duration",
                    "transition",
                    "motion",
                    "description",
                    "motion_prompt"),
            "script",
            Set.of("text", "voice", "duration", "fit", "scene_index"),
            "background_music",
            Set.of("url", "volume", "duck_during_voice"),
            "output",
            Set.of("resolution", "format", "fps", "burn_captions"));

    /** The parts that are objects, each as it may be written. */
    private static final Map<String, String> EXAMPLES =
            Map.of("background_music", "{\"url\": \"song.mp3\"}", "output", "{\"format\": \"mp4\"}");

    private StoryboardFields() {}

    /** One line per part that has not the form everything else relies on: a list of objects, or an object. */
    static List<String> misformed(JsonNode root) {
        var problems = new ArrayList<String>();
        for (var name : List.of("storyboard", "script")) {
            var part = root.path(name);
            if (part.isArray()) {
                for (var i = 0; i < part.size(); i++) {
                    if (!part.get(i).isObject()) {
                        problems.add(name + "[" + i + "] is " + form(part.get(i)) + "; write an object, { … }");
                    }
                }
            } else if (given(part)) {
                problems.add(name + " is " + form(part) + "; write a list of objects, [{ … }, { … }]");
            }
        }
        EXAMPLES.forEach((name, example) -> {
            var part = root.path(name);
            if (given(part) && !part.isObject()) {
                problems.add(name + " is " + form(part) + "; write an object, such as " + example);
            }
        });
        problems.sort(Comparator.naturalOrder());
        return problems;
    }

    private static boolean given(JsonNode part) {
        return !part.isMissingNode() && !part.isNull();
    }

    private static String form(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            default -> node.toString();
        };
    }

    /** One line per unknown field, with the known one it is most like. */
    static List<String> unknown(JsonNode root) {
        var problems = new ArrayList<String>();
        check(root, "", ROOT, problems);
        BELOW.forEach((name, known) -> {
            var part = root.path(name);
            if (part.isArray()) {
                for (var i = 0; i < part.size(); i++) {
                    check(part.get(i), name + "[" + i + "].", known, problems);
                }
            } else {
                check(part, name + ".", known, problems);
            }
        });
        problems.sort(Comparator.naturalOrder());
        return problems;
    }

    private static void check(JsonNode node, String path, Set<String> known, List<String> problems) {
        for (var names = node.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!known.contains(name)) {
                problems.add(path + name + ": there is no such field; " + advice(name, known));
            }
        }
    }

    private static String advice(String name, Set<String> known) {
        var nearest = known.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return distance(name, nearest) <= 3
                ? "did you mean " + nearest + "?"
                : "known are " + String.join(", ", known.stream().sorted().toList());
    }

    /** Levenshtein's. */
    static int distance(String left, String right) {
        var row = new int[right.length() + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= left.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
