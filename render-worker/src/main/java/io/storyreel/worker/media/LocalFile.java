package io.storyreel.worker.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file as an input of ffmpeg: its format is named, never guessed, and it cannot lead ffmpeg to the network. */
record LocalFile(String format, Path path) {

    List<String> asInput(String... options) {
        var arguments = new ArrayList<>(List.of("-protocol_whitelist", "file,pipe", "-f", format));
        arguments.addAll(List.of(options));
        // The prefix keeps a name such as "-y" or "http:x" from being read as an option or a protocol.
        arguments.addAll(List.of("-i", "file:" + path.toAbsolutePath()));
        return arguments;
    }
}
