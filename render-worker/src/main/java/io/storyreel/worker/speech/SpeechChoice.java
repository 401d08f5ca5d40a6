package io.storyreel.worker.speech;

import java.util.List;
import java.util.stream.Stream;

/** Who is to speak, and who is to stand in, by name and in order. Empty if nobody speaks. */
public record SpeechChoice(List<String> names) {
    private static final String NOBODY = "none";

    public static SpeechChoice of(SpeechSettings settings) {
        if (NOBODY.equals(settings.provider())) {
            return new SpeechChoice(List.of());
        }
        Stream<String> standIns = settings.fallback().orElse(List.of()).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty());
        return new SpeechChoice(Stream.concat(Stream.of(settings.provider()), standIns)
                .distinct()
                .toList());
    }
}
