package io.storyreel.local.speech;

import java.text.Normalizer;

/** Prepares text for a voice that knows English letters only. */
final class SpeakableText {

    private SpeakableText() {}

    /**
     * Typographic quotes and dashes become plain ones, accents go, whatever else the voice cannot read becomes a space.
     *
     * @return without surrounding space; empty when nothing of the text can be spoken
     */
    static String of(String text) {
        var plain = text.replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replaceAll("[\u201c\u201d\u00ab\u00bb]", "\"")
                .replaceAll("\\s*[\u2013\u2014]\\s*", ", ")
                .replace("\u2026", ". ")
                .replace("\u00df", "ss");
        var ascii = Normalizer.normalize(plain, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^\\x20-\\x7e]", " ");
        var tidy = ascii.replaceAll("\\s+", " ").strip();
        return tidy.chars().anyMatch(Character::isLetterOrDigit) ? tidy : "";
    }
}
