package io.storyreel.local.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.imageio.ImageIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a storyboard of a folder of pictures: one scene each, in the order of their names, each dissolving into the
 * next.
 */
public final class PhotoReel {

    public static final double SECONDS_EACH = 3;

    private static final int MOST_SCENES = 100;
    private static final double LONGEST = 600;
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "webp");

    /** Pictures people have that the renderer does not take; worth a word when nothing else is found. */
    private static final Set<String> OTHER_PICTURES =
            Set.of("heic", "heif", "gif", "tif", "tiff", "bmp", "avif", "raw", "dng", "cr2", "nef");

    private PhotoReel() {}

    public static ObjectNode of(Path folder, double secondsEach) throws BadInput {
        var pictures = pictures(folder);
        if (pictures.size() > MOST_SCENES) {
            throw new BadInput(folder + " holds " + pictures.size() + " pictures; a storyboard has at most "
                    + MOST_SCENES + " scenes. Move some elsewhere.");
        }
        if (pictures.size() * secondsEach > LONGEST) {
            throw new BadInput(pictures.size() + " pictures of " + secondsEach + " s make "
                    + pictures.size() * secondsEach + " s; a video has at most " + LONGEST
                    + " s. Choose fewer, or less with --seconds.");
        }
        var root = JsonNodeFactory.instance.objectNode();
        root.put("title", folder.toAbsolutePath().normalize().getFileName().toString());
        root.put("aspect_ratio", aspectRatio(pictures.get(0)));
        var scenes = root.putArray("storyboard");
        for (var picture : pictures) {
            scenes.addObject()
                    .put("scene_index", scenes.size())
                    .put("image_url", picture.toAbsolutePath().toString())
                    .put("duration", secondsEach)
                    .put("transition", scenes.size() == 1 ? "fade" : "dissolve");
        }
        return root;
    }

    private static List<Path> pictures(Path folder) throws BadInput {
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new BadInput(folder + " cannot be read: " + e.getMessage());
        }
        var pictures = files.stream()
                .filter(file -> PICTURES.contains(extension(file)))
                .sorted((left, right) -> new NaturalOrder()
                        .compare(
                                left.getFileName().toString(),
                                right.getFileName().toString()))
                .toList();
        if (pictures.isEmpty()) {
            var others = files.stream()
                    .filter(file -> OTHER_PICTURES.contains(extension(file)))
                    .count();
            throw new BadInput(folder + " holds no JPEG, PNG or WebP picture"
                    + (others > 0 ? "; convert its " + others + " other ones first." : "."));
        }
        return pictures;
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The one nearest to the picture's own; wide for a picture that cannot be measured here, such as a WebP. */
    private static String aspectRatio(Path picture) {
        try (var input = ImageIO.createImageInputStream(picture.toFile())) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                return "16:9";
            }
            var reader = readers.next();
            try {
                reader.setInput(input);
                var ratio = (double) reader.getWidth(0) / reader.getHeight(0);
                return nearest(JpegOrientation.liesOnItsSide(picture) ? 1 / ratio : ratio);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            return "16:9"; // a broken picture is reported by the server, with its reason
        }
    }

    private static String nearest(double ratio) {
        return ratio > 1.2 ? "16:9" : ratio < 0.8 ? "9:16" : "1:1";
    }
}
