package artwork;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the samples' pictures and music: {@code artwork.Artwork <folder> [part of a name] [quick]}. */
final class Artwork {

    private Artwork() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String only = arguments.length > 1 ? arguments[1] : "";
        boolean quick = arguments.length > 2;
        if ("music".contains(only)) {
            Music.saveInto(folder);
        }
        new Short(quick ? 480 : 1920, quick ? 4 : 6).saveInto(folder.resolve("vertical-short"), only);
        new PhotoReel(quick ? 0.3 : 1).saveInto(folder.resolve("photo-reel"), only);
        new Teaser(quick ? 360 : 1080, quick ? 6 : 9).saveInto(folder.resolve("product-teaser"), only);
    }
}
