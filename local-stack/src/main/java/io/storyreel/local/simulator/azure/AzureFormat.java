package io.storyreel.local.simulator.azure;

import io.storyreel.local.simulator.media.VoiceFormat;

import java.util.Map;
import java.util.regex.Pattern;

/** The names of {@code X-Microsoft-OutputFormat}. */
final class AzureFormat {

    private static final Pattern WAV = Pattern.compile("(riff|raw)-(\\w+)-16bit-mono-pcm");
    private static final Pattern MP3 = Pattern.compile("audio-(16|24|48)khz-(\\d{2,3})kbitrate-mono-mp3");
    private static final Pattern OPUS = Pattern.compile("(ogg|webm)-(16|24|48)khz-16bit-mono-opus");
    private static final Map<String, Integer> RATES = Map.of(
            "8khz", 8_000, "16khz", 16_000, "22050hz", 22_050, "24khz", 24_000, "44100hz", 44_100, "48khz", 48_000);

    private AzureFormat() {}

    static VoiceFormat named(String name) throws AzureRefusal {
        var wav = WAV.matcher(name);
        if (wav.matches() && RATES.containsKey(wav.group(2))) {
            int rate = RATES.get(wav.group(2));
            return wav.group(1).equals("riff") ? VoiceFormat.wav(name, rate) : VoiceFormat.pcm(name, rate);
        }
        var mp3 = MP3.matcher(name);
        if (mp3.matches()) {
            return VoiceFormat.mp3(name, Integer.parseInt(mp3.group(1)) * 1_000, Integer.parseInt(mp3.group(2)));
        }
        var opus = OPUS.matcher(name);
        if (opus.matches()) {
            return VoiceFormat.encoded(
                    name,
                    "audio/" + opus.group(1),
                    "-ar",
                    opus.group(2) + "000",
                    "-c:a",
                    "libopus",
                    "-f",
                    opus.group(1));
        }
        throw new AzureRefusal(400, "Unsupported output format.");
    }
}
