package io.storyreel.common.storyboard;

import io.storyreel.common.problem.Violation;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The limits of a storyboard, all in one place and all told at once. Sizes and ranges are those of the custom render
 * contract, so that every storyboard we accept can also be handed to a renderer that speaks it.
 */
public final class StoryboardRules {
    public static final int MAX_SCENES = 100;
    public static final int MAX_LINES = 100;
    public static final double MIN_SECONDS = 0.5;
    public static final double MAX_SECONDS = 60;
    public static final double MAX_TOTAL_SECONDS = 600;
    public static final int MAX_URL = 2_048;
    public static final int MAX_TEXT = 4_096;
    public static final int MAX_VOICE = 64;
    public static final int MIN_PROMPT = 10;
    public static final int MAX_PROMPT = 2_000;
    public static final int MAX_DESCRIPTION = 1_000;

    private final List<Violation> violations = new ArrayList<>();

    private StoryboardRules() {}

    /** Everything that has to change before the storyboard can be accepted; empty when nothing has. */
    public static List<Violation> violations(Storyboard storyboard) {
        var rules = new StoryboardRules();
        rules.checkScenes(storyboard);
        rules.checkScript(storyboard);
        rules.checkMusic(storyboard.backgroundMusic());
        rules.checkFrameRate(storyboard.output());
        return List.copyOf(rules.violations);
    }

    private void checkScenes(Storyboard storyboard) {
        List<Scene> scenes = storyboard.scenes();
        if (scenes.isEmpty() || scenes.size() > MAX_SCENES) {
            refuse("storyboard", "needs 1 to %d scenes, has %d", MAX_SCENES, scenes.size());
        }
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < Math.min(scenes.size(), MAX_SCENES); i++) {
            checkScene(nameOf(scenes.get(i), i), scenes.get(i), seen);
        }
        double total = storyboard.plannedSeconds();
        if (total > MAX_TOTAL_SECONDS) {
            refuse(
                    "storyboard",
                    "all scenes together may last %s s, last %s s",
                    plain(MAX_TOTAL_SECONDS),
                    plain(total));
        }
    }

    /** Scenes are named by their own index because the list may have been sorted since the client wrote it. */
    private static String nameOf(Scene scene, int position) {
        return scene.sceneIndex() == null
                ? "storyboard[" + position + "]"
                : "storyboard[scene_index=" + scene.sceneIndex() + "]";
    }

    private void checkScene(String name, Scene scene, Set<Integer> seen) {
        if (scene.sceneIndex() == null) {
            refuse(name + ".scene_index", "is missing: number the scenes from 1");
        } else if (scene.sceneIndex() < 1) {
            refuse(name + ".scene_index", "must be at least 1, is %d", scene.sceneIndex());
        } else if (!seen.add(scene.sceneIndex())) {
            refuse(name + ".scene_index", "is used twice: every scene needs a number of its own");
        }
        if (scene.duration() == null) {
            refuse(name + ".duration", "is missing: say how many seconds the scene stands");
        } else {
            checkSeconds(name + ".duration", scene.duration());
        }
        if (scene.imageUrl() == null && scene.imagePrompt() == null) {
            refuse(name + ".image_url", "is missing: give the picture's address, or an image_prompt to have one made");
        }
        checkUrl(name + ".image_url", scene.imageUrl());
        checkText(name + ".image_prompt", scene.imagePrompt(), MIN_PROMPT, MAX_PROMPT);
        checkText(name + ".description", scene.description(), 0, MAX_DESCRIPTION);
        checkText(name + ".motion_prompt", scene.motionPrompt(), 0, MAX_DESCRIPTION);
    }

    private void checkScript(Storyboard storyboard) {
        List<ScriptLine> script = storyboard.script();
        if (script.size() > MAX_LINES) {
            refuse("script", "may have at most %d lines, has %d", MAX_LINES, script.size());
        }
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < Math.min(script.size(), MAX_LINES); i++) {
            String name = "script[" + i + "]";
            ScriptLine line = script.get(i);
            if (line.text() == null || line.text().isBlank()) {
                refuse(name + ".text", "is missing: leave the line out if nothing is to be said");
            } else {
                checkText(name + ".text", line.text(), 1, MAX_TEXT);
            }
            checkText(name + ".voice", line.voice(), 1, MAX_VOICE);
            if (line.duration() != null) {
                checkSeconds(name + ".duration", line.duration());
            }
            checkSceneOfLine(name, line, i, storyboard.scenes(), taken);
        }
    }

    private void checkSceneOfLine(String name, ScriptLine line, int position, List<Scene> scenes, Set<Integer> taken) {
        if (line.sceneIndex() == null && position >= scenes.size()) {
            refuse(name, "has no scene: it would belong to scene %d of %d", position + 1, scenes.size());
            return;
        }
        Integer scene = line.sceneIndex() == null ? scenes.get(position).sceneIndex() : line.sceneIndex();
        if (scene == null) {
            return; // the scene itself has been refused for its missing number
        }
        if (scenes.stream().noneMatch(s -> scene.equals(s.sceneIndex()))) {
            refuse(name + ".scene_index", "names scene %d, which is not in the storyboard", scene);
        } else if (!taken.add(scene)) {
            refuse(name + ".scene_index", "scene %d has a line already: join the two texts", scene);
        }
    }

    private void checkMusic(BackgroundMusic music) {
        if (music == null) {
            return;
        }
        if (music.url() == null) {
            refuse("background_music.url", "is missing: give the file's address, or leave background_music out");
        }
        checkUrl("background_music.url", music.url());
        if (!(music.volume() >= 0 && music.volume() <= 1)) {
            refuse("background_music.volume", "must be between 0 and 1, is %s", plain(music.volume()));
        }
    }

    private void checkFrameRate(OutputSpec output) {
        if (!OutputSpec.FRAME_RATES.contains(output.fps())) {
            refuse("output.fps", "must be 24, 25, 30 or 60, is %d", output.fps());
        }
    }

    private void checkSeconds(String field, double seconds) {
        if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
            refuse(field, "must be %s to %s seconds, is %s", plain(MIN_SECONDS), plain(MAX_SECONDS), plain(seconds));
        }
    }

    private void checkText(String field, String text, int least, int most) {
        if (text == null) {
            return;
        }
        int length = text.codePointCount(0, text.length());
        if (length < least || length > most) {
            refuse(field, "must have %d to %d characters, has %d", least, most, length);
        }
        if (text.indexOf('\0') >= 0) {
            refuse(field, "holds a NUL character: remove it");
        }
    }

    private void checkUrl(String field, String url) {
        if (url == null || AssetReference.isOne(url)) {
            return;
        }
        if (url.length() > MAX_URL) {
            refuse(field, "may have at most %d characters, has %d", MAX_URL, url.length());
        } else if (!isWebAddress(url)) {
            refuse(field, "must be an http or https address, or the asset:// reference of an upload");
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private void refuse(String field, String message, Object... values) {
        violations.add(new Violation(field, String.format(Locale.ROOT, message, values)));
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
