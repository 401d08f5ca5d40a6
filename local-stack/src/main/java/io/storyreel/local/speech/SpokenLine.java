package io.storyreel.local.speech;

import java.util.Set;

/** A text spoken by the offline voice, for whoever needs the sound itself and not the server. */
public final class SpokenLine {

    private static final OfflineVoice VOICE = new OfflineVoice();
    private static final int RATE = 24_000;
    private static final String USUAL = "alloy";

    private final Sound sound;

    private SpokenLine(Sound sound) {
        this.sound = sound;
    }

    /** The voices there are, in alphabetical order. */
    public static Set<String> voices() {
        return VoiceCharacter.names();
    }

    /**
     * Takes about 0.7 s a sentence, one text at a time.
     *
     * @param voice an unknown one is spoken by the usual one
     */
    public static SpokenLine of(String text, String voice) throws InterruptedException {
        var character = VoiceCharacter.named(voices().contains(voice) ? voice : USUAL);
        var speakable = SpeakableText.of(text);
        if (speakable.isEmpty()) {
            return new SpokenLine(new Sound(new short[RATE / 2], RATE));
        }
        try {
            return new SpokenLine(VOICE.speak(speakable, character, 1).trimmed().resampled(RATE));
        } catch (SpeechError e) {
            throw new IllegalStateException(e);
        }
    }

    public double seconds() {
        return sound.seconds();
    }

    /** A whole file: 24 kHz, mono, 16 bits. */
    public byte[] wav() {
        return sound.wav();
    }
}
