package io.storyreel.local.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The local files a storyboard names. */
public final class LocalAssets {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private LocalAssets() {}

    /**
     * One place of the storyboard that names a file.
     *
     * @param place for people, such as "scene 3, image_url"
     */
    public record Reference(String place, ObjectNode parent, String field, Path file) {

        /** Puts the address the server gave in the file's place. */
        public void replaceBy(String address) {
            parent.put(field, address);
        }
    }

    /**
     * Finds them all.
     *
     * @param base what relative paths start from
     * @throws BadInput with one line for each file that is missing, unreadable or empty
     */
    public static List<Reference> of(ObjectNode storyboard, Path base) throws BadInput {
        var problems = new ArrayList<String>();
        var references = new ArrayList<Reference>();
        var scenes = storyboard.path("storyboard");
        for (var i = 0; i < scenes.size(); i++) {
            var number = scenes.get(i).path("scene_index").asText(Integer.toString(i + 1));
            collect("scene " + number, scenes.get(i), "image_url", base, references, problems);
        }
        collect("background_music", storyboard.path("background_music"), "url", base, references, problems);
        if (!problems.isEmpty()) {
            throw new BadInput("The storyboard names files that cannot be used:", problems);
        }
        return references;
    }

    private static void collect(
            String owner, JsonNode node, String field, Path base, List<Reference> references, List<String> problems) {
        var value = node.path(field).asText("");
        var isFile = !value.isBlank()
                && (value.startsWith("file:") || !SCHEME.matcher(value).matches());
        if (!isFile || !(node instanceof ObjectNode parent)) {
            return;
        }
        var place = owner + ", " + field;
        try {
            var file = value.startsWith("file:") ? Path.of(URI.create(value)) : base.resolve(value);
            var problem = problem(file);
            if (problem.isEmpty()) {
                references.add(new Reference(place, parent, field, file.normalize()));
            } else {
                problems.add(place + ": " + value + " " + problem);
            }
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            problems.add(place + ": " + value + " is no path: " + e.getMessage());
        }
    }

    private static String problem(Path file) {
        if (!Files.exists(file)) {
            return "does not exist (looked for " + file.toAbsolutePath().normalize() + ")";
        }
        if (Files.isDirectory(file)) {
            return "is a directory, not a file";
        }
        if (!Files.isReadable(file)) {
            return "may not be read by this user";
        }
        try {
            return Files.size(file) == 0 ? "is empty" : "";
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }
}
