package io.storyreel.api.file;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file is saved as: made of a title, safe on every system, and told as RFC 6266 wants it: in ASCII for everybody,
 * and as it is (RFC 8187) for those who understand that.
 */
public final class DownloadName {
    /** File systems allow 255 bytes; what browsers append, such as " (1)", has to fit too. */
    private static final int MOST_BYTES = 180;

    /** Separators of paths, wildcards, quotes, and what shells and Windows take for something else. */
    private static final Pattern UNSAFE = Pattern.compile("[/\\\\:*?\"<>|%]");

    /** Control characters, marks that turn the direction of a text round, halves of characters, and the unassigned. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Co}\\p{Zl}\\p{Zp}]");

    private static final Pattern BLANKS = Pattern.compile("\\p{Z}+");
    private static final Pattern ENDS = Pattern.compile("^[. ]+|[. ]+$");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]+");

    /** Windows opens a device instead of a file of such a name, whatever its extension. */
    private static final Set<String> DEVICES = Set.of(
            "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
            "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~";

    private DownloadName() {}

    /**
     * The value of Content-Disposition.
     *
     * @param type {@code inline} or {@code attachment}
     * @param title of any characters
     * @param otherwise the name if nothing is left of the title
     * @param extension with its dot, or empty
     */
    public static String disposition(String type, String title, String otherwise, String extension) {
        String name = safe(title);
        if (name.isEmpty()) {
            name = otherwise;
        }
        String ascii = ascii(name);
        String plain = type + "; filename=\"" + (ascii.isEmpty() ? otherwise : ascii) + extension + "\"";
        return ascii.equals(name) ? plain : plain + "; filename*=UTF-8''" + encoded(name + extension);
    }

    static String safe(String title) {
        String visible = INVISIBLE
                .matcher(Normalizer.normalize(title, Normalizer.Form.NFC))
                .replaceAll("");
        String plain = UNSAFE.matcher(BLANKS.matcher(visible).replaceAll(" ")).replaceAll("_");
        String name = ENDS.matcher(cut(ENDS.matcher(plain).replaceAll(""))).replaceAll("");
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return DEVICES.contains(stem.strip().toUpperCase(Locale.ROOT)) ? "_" + name : name;
    }

    private static String cut(String name) {
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int point : name.codePoints().toArray()) {
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }

    private static String ascii(String name) {
        String plain =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        String ascii = NOT_ASCII.matcher(plain).replaceAll("_");
        return ascii.chars().allMatch(one -> one == '_' || one == ' ') && !ascii.equals(name) ? "" : ascii;
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (one & 0xff);
            boolean plain = character < 0x80
                    && (Character.isLetterOrDigit(character) || ATTRIBUTE_CHARACTERS.indexOf(character) >= 0);
            text.append(plain ? String.valueOf(character) : String.format(Locale.ROOT, "%%%02X", one & 0xff));
        }
        return text.toString();
    }
}
