package io.storyreel.worker.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The working directory of one composition: every source under a plain name, so that no path and no text of a user ever
 * stands in a filter.
 */
final class Workbench {

    private static final String FONT_FILE = "DejaVuSans.ttf";

    private final Path directory;

    private Workbench(Path directory) {
        this.directory = directory;
    }

    static Workbench lay(Path scratch, Composition composition) {
        try {
            var bench = new Workbench(Files.createTempDirectory(scratch, "compose-"));
            bench.layOut(composition);
            return bench;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the composition in " + scratch, e);
        }
    }

    Path directory() {
        return directory;
    }

    Path mix() {
        return directory.resolve("mix.wav");
    }

    Path segment(Segment segment) {
        return directory.resolve("segment-" + segment.from());
    }

    Path segmentList() {
        return directory.resolve("segments.txt");
    }

    Path listSegments(List<Segment> segments) {
        var list = segments.stream()
                .map(segment -> "file " + segment(segment).getFileName())
                .collect(Collectors.joining("\n", "ffconcat version 1.0\n", "\n"));
        try {
            return Files.writeString(segmentList(), list);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the segments in " + directory, e);
        }
    }

    void clear() {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear " + directory, e);
        }
    }

    private void layOut(Composition composition) throws IOException {
        for (int k = 0; k < composition.visuals().size(); k++) {
            var files = composition.visuals().get(k).files();
            for (int part = 0; part < files.size(); part++) {
                link(PictureGraph.sourceName(k, part), files.get(part));
            }
        }
        for (int k = 0; k < composition.voices().size(); k++) {
            link(SoundGraph.voiceName(k), composition.voices().get(k).file());
        }
        if (composition.music() != null) {
            link(SoundGraph.MUSIC_NAME, composition.music().audio().file());
        }
        if (!composition.burned().isEmpty()) {
            Files.writeString(
                    directory.resolve(PictureGraph.CAPTIONS_FILE),
                    CaptionStyle.ass(composition.burned(), composition.canvas()));
            unpackFont();
        }
    }

    private void unpackFont() throws IOException {
        try (var font = Workbench.class.getResourceAsStream(FONT_FILE)) {
            if (font == null) {
                throw new IOException("the worker was built without its font " + FONT_FILE);
            }
            Files.copy(font, directory.resolve(FONT_FILE));
        }
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), target.toAbsolutePath());
    }
}
