package io.storyreel.local.speech;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the one offline voice is changed to stand for a named one, so that two speakers can be told apart.
 *
 * @param pitch mean, in hertz
 * @param range of the pitch, in hertz: small is calm, large is lively
 * @param rate words a minute
 */
record VoiceCharacter(float pitch, float range, float rate) {

    private static final Map<String, VoiceCharacter> BY_NAME = Map.ofEntries(
            Map.entry("alloy", new VoiceCharacter(110, 13, 150)),
            Map.entry("ash", new VoiceCharacter(94, 14, 156)),
            Map.entry("ballad", new VoiceCharacter(102, 20, 138)),
            Map.entry("cedar", new VoiceCharacter(78, 12, 146)),
            Map.entry("coral", new VoiceCharacter(150, 22, 160)),
            Map.entry("echo", new VoiceCharacter(86, 10, 150)),
            Map.entry("fable", new VoiceCharacter(122, 26, 144)),
            Map.entry("marin", new VoiceCharacter(158, 16, 148)),
            Map.entry("nova", new VoiceCharacter(168, 22, 158)),
            Map.entry("onyx", new VoiceCharacter(70, 9, 140)),
            Map.entry("sage", new VoiceCharacter(140, 12, 150)),
            Map.entry("shimmer", new VoiceCharacter(182, 24, 154)),
            Map.entry("verse", new VoiceCharacter(116, 21, 158)));

    /** The names in alphabetical order. */
    static Set<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    static VoiceCharacter named(String name) {
        return BY_NAME.get(name);
    }
}
