package io.storyreel.system;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.function.Consumer;

/** A change that spoils a good description of a video, and the field that is to blame. */
record WalkFlaw(String field, Consumer<ObjectNode> change) {
    static final List<WalkFlaw> ALL = List.of(
            new WalkFlaw("title", project -> project.remove("title")),
            new WalkFlaw("title", project -> project.put("title", "")),
            new WalkFlaw("title", project -> project.put("title", "x".repeat(201))),
            new WalkFlaw("title", project -> project.put("title", "a\0b")),
            new WalkFlaw("title", project -> project.putObject("title")),
            new WalkFlaw("style", project -> project.put("style", "\ud83c\udfac".repeat(101))),
            new WalkFlaw("tilte", project -> project.put("tilte", "mistyped")),
            new WalkFlaw("approved", project -> project.put("approved", "yes")),
            new WalkFlaw("target_duration", project -> project.put("target_duration", 1e9)),
            new WalkFlaw("target_duration", project -> project.put("target_duration", "3")),
            new WalkFlaw("aspect_ratio", project -> project.put("aspect_ratio", "4:3")),
            new WalkFlaw("webhook_url", project -> project.put("webhook_url", "ftp://example.com")),
            new WalkFlaw("storyboard", project -> project.remove("storyboard")),
            new WalkFlaw("storyboard", project -> project.putArray("storyboard")),
            new WalkFlaw("storyboard", project -> project.put("storyboard", "none")),
            new WalkFlaw("scene_index", project -> scene(project).put("scene_index", 0)),
            new WalkFlaw("scene_index", project -> scene(project).put("scene_index", -1)),
            new WalkFlaw("scene_index", project -> scene(project).put("scene_index", "1e3")),
            new WalkFlaw("scene_index", project -> scene(project).put("scene_index", 1e12)),
            new WalkFlaw("scene_index", project -> scene(project).remove("scene_index")),
            new WalkFlaw("scene_index", project -> project.withArray("storyboard")
                    .add(scene(project).deepCopy())),
            new WalkFlaw("duration", project -> scene(project).put("duration", 0.49)),
            new WalkFlaw("duration", project -> scene(project).put("duration", 61)),
            new WalkFlaw("duration", project -> scene(project).put("duration", "3")),
            new WalkFlaw("duration", project -> scene(project).put("duration", "NaN")),
            new WalkFlaw("image_url", project -> scene(project).put("image_url", "file:///etc/passwd")),
            new WalkFlaw("image_url", project -> scene(project).put("image_url", "asset://sha256/../x.png")),
            new WalkFlaw("image_url", project -> scene(project).put("image_url", "https://e.com/" + "x".repeat(2_048))),
            new WalkFlaw("image_prompt", project -> scene(project).put("image_prompt", "short")),
            new WalkFlaw("description", project -> scene(project).put("description", "\0")),
            new WalkFlaw("transition", project -> scene(project).put("transition", "explode")),
            new WalkFlaw("colour", project -> scene(project).put("colour", "red")),
            new WalkFlaw(
                    "script", project -> project.withArray("script").addObject().put("text", " ")),
            new WalkFlaw("script", project -> project.withArray("script")
                    .addObject()
                    .put("text", "Over no scene")
                    .put("scene_index", 1_000_000_000)),
            new WalkFlaw("background_music", project -> project.putObject("background_music")
                    .put("volume", 0.5)),
            new WalkFlaw("output.fps", project -> project.putObject("output").put("fps", 23)),
            new WalkFlaw("output.format", project -> project.putObject("output").put("format", "avi")));

    private static ObjectNode scene(ObjectNode project) {
        return (ObjectNode) project.get("storyboard").get(0);
    }
}
