package artwork;

import java.io.IOException;
import java.nio.file.Path;

/** Six landscapes of the photo reel, in the shapes that photos come in: wide, upright, square, panorama. */
final class PhotoReel {

    private final double scale;

    PhotoReel(double scale) {
        this.scale = scale;
    }

    void saveInto(Path folder, String only) throws IOException {
        save(folder, only, "01-dunes", 2160, 1440, new Dunes());
        save(folder, only, "02-sea-at-dusk", 2400, 1350, new Sea());
        save(folder, only, "03-misty-forest", 1440, 1800, new Forest());
        save(folder, only, "04-mountain-lake", 2400, 1200, new Lake());
        save(folder, only, "05-city-at-night", 1700, 1700, new City());
        save(folder, only, "06-aurora", 2160, 1440, new Aurora());
    }

    private void save(Path folder, String only, String name, int width, int height, Picture.Painter painter)
            throws IOException {
        if (name.contains(only)) {
            Picture.painted((int) (width * scale), (int) (height * scale), painter)
                    .bloomed(0.75, 0.35)
                    .vignetted(0.28)
                    .saveJpeg(folder.resolve(name + ".jpg"), 0.006);
        }
    }
}
