package io.storyreel.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.render.BadInput;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Checks, before anything is rendered, that the video can be written where it is wanted. */
final class OutputFile {

    private static final Set<String> FORMATS = Set.of("mp4", "webm", "mov");

    private OutputFile() {}

    /** Also sets the storyboard's format by the file's ending where the storyboard names none. */
    static void check(Path output, ObjectNode storyboard) throws BadInput {
        var directory = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output)) {
            throw new BadInput("-o " + output + " is a directory; name the video file itself.");
        }
        if (!Files.isDirectory(directory)) {
            throw new BadInput("-o " + output + ": the directory " + directory + " does not exist; make it first.");
        }
        if (!Files.isWritable(directory)) {
            throw new BadInput("-o " + output + ": this user may not write to " + directory + ".");
        }
        var name = output.getFileName().toString();
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var wanted = storyboard.path("output").path("format").asText("");
        if (wanted.isEmpty()) {
            if (!FORMATS.contains(ending)) {
                throw new BadInput("-o " + output + " must end in .mp4, .webm or .mov.");
            }
            storyboard.withObjectProperty("output").put("format", ending);
        } else if (!wanted.equals(ending)) {
            throw new BadInput("-o " + output + " does not end in ." + wanted
                    + ", the format the storyboard asks for (output.format); change one of them.");
        }
    }
}
