package io.storyreel.worker.export;

import io.storyreel.common.export.ExportCodec;
import io.storyreel.common.export.ExportOrder;
import io.storyreel.worker.media.Canvas;
import io.storyreel.worker.media.Container;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.Track;
import io.storyreel.worker.media.Transcoder;

import java.time.Duration;

/** Whether a file is the export that was ordered. Nobody gets to see one that is not. */
final class ExportCheck {
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private ExportCheck() {}

    /** What is wrong with the file, for people; null if nothing is. */
    static String flaw(ExportOrder order, MediaFile source, MediaFile file) {
        Track.Video picture = file.video().orElse(null);
        if (picture == null) {
            return "the file has no picture";
        }
        ExportCodec codec = ExportCodec.of(order.format());
        Canvas canvas = Transcoder.canvas(source.video().orElseThrow(), order.parameters());
        String sound = file.sound().map(Track.Sound::codec).orElse("none");
        String wantedSound = source.sound().isPresent() ? codec.sound() : "none";
        if (file.container() != Container.of(order.format())) {
            return "the file is a " + file.container() + ", not a " + order.format();
        }
        if (!picture.codec().equals(codec.wireName()) || !sound.equals(wantedSound)) {
            return "the file holds " + picture.codec() + " and " + sound + ", not " + codec.wireName() + " and "
                    + wantedSound;
        }
        if (picture.width() != canvas.width() || picture.height() != canvas.height()) {
            return "the picture has " + picture.width() + " x " + picture.height() + " pixels, not " + canvas.width()
                    + " x " + canvas.height();
        }
        Duration off = file.length().minus(source.length()).abs();
        return off.compareTo(TOLERANCE) <= 0
                ? null
                : "the file lasts " + file.length().toMillis() + " ms, the video "
                        + source.length().toMillis() + " ms";
    }
}
