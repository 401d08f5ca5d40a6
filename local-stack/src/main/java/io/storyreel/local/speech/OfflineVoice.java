package io.storyreel.local.speech;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** FreeTTS' voice "kevin16". It is not safe for several threads, so one text is spoken at a time in this process. */
final class OfflineVoice {

    /** How long a text may wait for its turn; a sentence takes under a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final ReentrantLock TURN = new ReentrantLock(true);
    private Voice voice;

    /**
     * @param text as {@link SpeakableText} leaves it, not empty
     * @param speed 0.25 to 4, 1 is the character's own
     * @throws SpeechError 429 when too many others are waiting
     */
    Sound speak(String text, VoiceCharacter character, double speed) throws SpeechError, InterruptedException {
        if (!TURN.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw SpeechError.tooManyRequests();
        }
        try {
            var kevin = loaded();
            var samples = new SpokenSamples();
            kevin.setAudioPlayer(samples);
            kevin.setPitch(character.pitch());
            kevin.setPitchRange(character.range());
            kevin.setRate(character.rate());
            kevin.setDurationStretch((float) (kevin.getDurationStretch() / speed));
            if (!kevin.speak(text)) {
                throw new IllegalStateException("the voice could not speak a text of " + text.length() + " characters");
            }
            return samples.sound();
        } finally {
            TURN.unlock();
        }
    }

    private Voice loaded() {
        if (voice == null) {
            for (var candidate : new KevinVoiceDirectory().getVoices()) {
                if (candidate.getName().equals("kevin16")) {
                    candidate.allocate();
                    voice = candidate;
                }
            }
        }
        return voice;
    }
}
