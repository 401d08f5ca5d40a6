package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Assets;
import io.storyreel.local.simulator.media.Band;
import io.storyreel.local.simulator.media.Movie;
import io.storyreel.local.speech.SpokenLine;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Reads a request for a render and refuses what the contract does not allow. */
final class RenderOrder {

    static final Set<String> TRANSITIONS =
            Set.of("none", "cut", "fade", "dissolve", "wipe_left", "wipe_right", "slide_left", "slide_right", "zoom");
    static final Set<String> RESOLUTIONS = Set.of("480p", "720p", "1080p", "4k");
    static final Set<String> FORMATS = Set.of("mp4", "webm", "mov");
    static final Set<Integer> RATES = Set.of(24, 25, 30, 60);
    static final double LONGEST = 600;
    private static final Color COLOUR = new Color(0x2B6CB5);
    private static final int MOST_METADATA = 16;

    private final Checked body;
    private final Assets assets;

    private RenderOrder(ObjectNode body, Assets assets) {
        this.body = new Checked(body, "");
        this.assets = assets;
    }

    static Movie parse(ObjectNode body, Assets assets) throws CustomRefusal {
        return new RenderOrder(body, assets).movie();
    }

    private Movie movie() throws CustomRefusal {
        body.only("storyboard", "script", "background_music", "output", "webhook", "metadata");
        checkAdditions();
        var scenes = scenes();
        var seconds = scenes.stream().mapToDouble(Movie.Scene::seconds).sum();
        if (seconds > LONGEST) {
            throw CustomRefusal.storyboard("storyboard", "lasts " + seconds + " s, at most " + LONGEST + " s");
        }
        var output = body.object("output");
        if (body.has("output")) {
            output.only("resolution", "format", "fps");
        }
        var resolution = oneOf(output, "resolution", RESOLUTIONS, "1080p");
        var band = new Band("CUSTOM " + Math.round(seconds * 10) / 10.0 + " S", COLOUR);
        return new Movie(
                scenes,
                lines(),
                music(),
                resolution.equals("4k") ? 2160 : Integer.parseInt(resolution.replace("p", "")),
                oneOf(output, "format", FORMATS, "mp4"),
                rate(output),
                band);
    }

    private static String oneOf(Checked output, String name, Set<String> allowed, String otherwise)
            throws CustomRefusal {
        var value = output.has(name) ? output.text(name, 1, 20) : otherwise;
        if (!allowed.contains(value)) {
            throw unsupported(name, allowed);
        }
        return value;
    }

    private static int rate(Checked output) throws CustomRefusal {
        var rate = output.number("fps", 1, 240, 30);
        if (rate != (int) rate || !RATES.contains((int) rate)) {
            throw unsupported("fps", RATES);
        }
        return (int) rate;
    }

    private static CustomRefusal unsupported(String name, Set<?> allowed) {
        var issue = "must be one of " + allowed;
        return new CustomRefusal(
                422,
                "unsupported_output",
                "output." + name + ": " + issue,
                new CustomRefusal.Problem("output." + name, issue));
    }

    private List<Movie.Scene> scenes() throws CustomRefusal {
        var byIndex = new TreeMap<Integer, Movie.Scene>();
        var count = body.size("storyboard", 1, 100);
        for (var i = 0; i < count; i++) {
            var scene = body.item("storyboard", i).only("scene_index", "image_url", "duration", "transition");
            var index = scene.number("scene_index", 1, Integer.MAX_VALUE, Double.NaN);
            if (index != (int) index) {
                throw CustomRefusal.invalid(scene.path() + "scene_index", "must be a whole number");
            }
            var transition = scene.has("transition") ? scene.text("transition", 1, 20) : "none";
            if (!TRANSITIONS.contains(transition)) {
                throw CustomRefusal.invalid(scene.path() + "transition", "must be one of " + TRANSITIONS);
            }
            var made = new Movie.Scene(
                    asset(scene, "image_url"),
                    scene.number("duration", 0.5, 60, Double.NaN),
                    transition.equals("fade"));
            if (byIndex.put((int) index, made) != null) {
                throw CustomRefusal.storyboard(scene.path() + "scene_index", "comes twice");
            }
        }
        return List.copyOf(byIndex.values());
    }

    private Asset asset(Checked owner, String name) throws CustomRefusal {
        var address = owner.text(name, 1, 2048);
        var fetchable = address.startsWith("http://") || address.startsWith("https://");
        return assets.named(fetchable ? address : "")
                .orElseThrow(() -> CustomRefusal.invalid(owner.path() + name, "must be an http or https address"));
    }

    private List<Movie.Line> lines() throws CustomRefusal {
        var voices = new HashSet<>(SpokenLine.voices());
        voices.add("default");
        var lines = new ArrayList<Movie.Line>();
        var count = body.size("script", 0, 100);
        for (var i = 0; i < count; i++) {
            var line = body.item("script", i).only("text", "voice", "duration");
            var voice = line.has("voice") ? line.text("voice", 1, 64) : "default";
            if (!voices.contains(voice)) {
                throw new CustomRefusal(
                        422,
                        "voice_not_found",
                        "There is no voice '" + voice + "'",
                        new CustomRefusal.Problem(line.path() + "voice", "unknown voice"));
            }
            lines.add(new Movie.Line(line.text("text", 1, 4096), voice, line.number("duration", 0.5, 60, 0)));
        }
        return lines;
    }

    private Movie.Music music() throws CustomRefusal {
        if (!body.has("background_music")) {
            return null;
        }
        var music = body.object("background_music").only("url", "volume", "duck_during_voice");
        return new Movie.Music(
                asset(music, "url"), music.number("volume", 0, 1, 0.3), music.flag("duck_during_voice", true));
    }

    private void checkAdditions() throws CustomRefusal {
        if (body.has("webhook")) {
            body.object("webhook").only("url").text("url", 1, 2048);
        }
        JsonNode metadata = body.json().path("metadata");
        if (!metadata.isMissingNode() && !metadata.isObject() || metadata.size() > MOST_METADATA) {
            throw CustomRefusal.invalid("metadata", "must be an object of at most " + MOST_METADATA + " texts");
        }
        for (var entry : metadata.properties()) {
            new Checked(metadata, "metadata.").text(entry.getKey(), 1, 500);
        }
    }
}
