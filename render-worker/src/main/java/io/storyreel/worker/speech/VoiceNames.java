package io.storyreel.worker.speech;

import io.storyreel.common.storyboard.ScriptLine;

import java.util.Map;

/**
 * The voices of a provider under names of our own.
 *
 * @param standard what a script line means by {@code default}
 * @param names neutral name to the provider's own
 */
public record VoiceNames(String standard, Map<String, String> names) {

    /** The provider's name of the line's voice, or what the line says if that is no name of ours. */
    public String of(Utterance line) {
        String voice = ScriptLine.DEFAULT_VOICE.equals(line.voice()) ? standard : line.voice();
        return names.getOrDefault(voice, voice);
    }
}
