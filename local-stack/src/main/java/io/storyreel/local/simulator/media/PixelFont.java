package io.storyreel.local.simulator.media;

import java.awt.Graphics2D;
import java.util.Locale;

/** Letters of five by seven dots: machines without any font are normal for servers. */
final class PixelFont {

    private static final int WIDTH = 5;
    private static final int HEIGHT = 7;
    private static final String KNOWN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.";

    /** Five columns a letter in the order of {@link #KNOWN}, two hex digits a column, the lowest bit on top. */
    private static final String COLUMNS = "3E5149453E" + "00427F4000" + "4261514946" + "2141454B31" + "1814127F10"
            + "2745454539" + "3C4A494930" + "0171090503" + "3649494936" + "064949291E" + "7E1111117E" + "7F49494936"
            + "3E41414122" + "7F4141221C" + "7F49494941" + "7F09090901" + "3E4149497A" + "7F0808087F" + "00417F4100"
            + "2040413F01" + "7F08142241" + "7F40404040" + "7F020C027F" + "7F0408107F" + "3E4141413E" + "7F09090906"
            + "3E4151215E" + "7F09192946" + "4649494931" + "01017F0101" + "3F4040403F" + "1F2040201F" + "3F4038403F"
            + "6314081463" + "0708700807" + "6151494543" + "0060600000";

    private PixelFont() {}

    /** @param dot size of a dot in pixels */
    static int width(String text, int dot) {
        return text.length() * (WIDTH + 1) * dot;
    }

    static int height(int dot) {
        return HEIGHT * dot;
    }

    /** Other characters than letters, digits and the full stop are left blank. */
    static void draw(Graphics2D canvas, String text, int x, int y, int dot) {
        var upper = text.toUpperCase(Locale.ROOT);
        for (var i = 0; i < upper.length(); i++) {
            var letter = KNOWN.indexOf(upper.charAt(i));
            for (var column = 0; letter >= 0 && column < WIDTH; column++) {
                var at = (letter * WIDTH + column) * 2;
                var bits = Integer.parseInt(COLUMNS.substring(at, at + 2), 16);
                for (var row = 0; row < HEIGHT; row++) {
                    if ((bits >> row & 1) == 1) {
                        canvas.fillRect(x + (i * (WIDTH + 1) + column) * dot, y + row * dot, dot, dot);
                    }
                }
            }
        }
    }
}
