package io.storyreel.local.simulator.media;

import java.util.List;

/**
 * A whole video as a renderer is asked for it.
 *
 * @param scenes in order, at least one
 * @param lines spoken one after another from the beginning
 * @param music null for none
 * @param shortSide pixels; the long side follows the first picture
 * @param format {@code mp4}, {@code mov} or {@code webm}
 */
public record Movie(
        List<Scene> scenes, List<Line> lines, Music music, int shortSide, String format, int fps, Band band) {

    /** @param fadesIn whether it begins with a fade instead of a cut */
    public record Scene(Asset picture, double seconds, boolean fadesIn) {}

    /** @param slot seconds; 0 for as long as it takes */
    public record Line(String text, String voice, double slot) {}

    /** @param volume 0 to 1 */
    public record Music(Asset sound, double volume, boolean ducks) {}

    public double seconds() {
        return scenes.stream().mapToDouble(Scene::seconds).sum();
    }

    public String contentType() {
        return switch (format) {
            case "webm" -> "video/webm";
            case "mov" -> "video/quicktime";
            default -> "video/mp4";
        };
    }

    String key() {
        var parts = new StringBuilder();
        for (var scene : scenes) {
            parts.append(scene.picture().identity())
                    .append(scene.seconds())
                    .append(scene.fadesIn())
                    .append('\n');
        }
        var played = music == null ? "" : music.sound().identity() + music.volume() + music.ducks();
        return Digest.of(parts.toString(), lines.toString(), played, shortSide + format + fps, band.text());
    }
}
