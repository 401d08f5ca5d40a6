package io.storyreel.common.storage;

import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.common.storyboard.OutputFormat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one place that names files in the object store. */
public final class ObjectKeys {
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Every prefix that files are put under, with the form of the names there. What has another name is none of ours. */
    private static final Map<String, Pattern> FORMS = new TreeMap<>(Map.of(
            "content/", Pattern.compile("content/[0-9a-f]{2}/[0-9a-f]{64}\\.[a-z0-9]+"),
            "speech/", Pattern.compile("speech/[0-9a-f]{2}/[0-9a-f]{64}\\.[a-z0-9]+"),
            "clips/", Pattern.compile("clips/[0-9a-f]{2}/[0-9a-f]{64}"),
            "images/", Pattern.compile("images/[0-9a-f]{2}/[0-9a-f]{64}"),
            "videos/", Pattern.compile("videos/[0-9a-f]{2}/[0-9a-f]{64}"),
            "renders/",
                    Pattern.compile("renders/" + UUID_FORM + "/(video\\.[a-z0-9]+|poster\\.jpg|captions\\.(srt|vtt))"),
            "exports/", Pattern.compile("exports/" + UUID_FORM + "/[0-9a-f]{64}\\.[a-z0-9]+"),
            "uploads/", Pattern.compile("uploads/" + UUID_FORM + "/(sent|" + UUID_FORM + ")")));

    private ObjectKeys() {}

    /** Every prefix that files are put under, in a fixed order. */
    public static List<String> prefixes() {
        return List.copyOf(FORMS.keySet());
    }

    /** Whether a file under this prefix has a name that is given here. */
    public static boolean isOurs(String prefix, String key) {
        return FORMS.get(prefix).matcher(key).matches();
    }

    /** Everything that a render may have left, whether it came to its end or not. */
    public static List<String> allOfRender(UUID jobId) {
        return Stream.concat(
                        Stream.of(OutputFormat.values()).map(format -> "video." + format.extension()),
                        Stream.of("poster.jpg", "captions.srt", "captions.vtt"))
                .map(fileName -> render(jobId, fileName))
                .toList();
    }

    /** Pictures, music and voices are stored under their digest, so the same file is stored once. */
    public static String asset(AssetReference asset) {
        return content(asset.sha256(), asset.extension());
    }

    public static String content(String sha256, String extension) {
        return "content/" + sha256.substring(0, 2) + "/" + sha256 + "." + extension;
    }

    /** Where a client puts a file by itself. Nothing there is known, or needed, until it was looked at. */
    public static String sentUpload(UUID uploadId) {
        return "uploads/" + uploadId + "/sent";
    }

    /** A copy of what was sent, which the client cannot change any more while somebody looks at it. */
    public static String sealedUpload(UUID uploadId, UUID sealId) {
        return "uploads/" + uploadId + "/" + sealId;
    }

    /** A voice is found by the digest of what was asked for, not of its bytes: no two recordings are the same. */
    public static String speech(String digest, String extension) {
        return "speech/" + digest.substring(0, 2) + "/" + digest + "." + extension;
    }

    /** A clip or picture that was bought, found by the digest of what shaped it. */
    public static String bought(String purpose, String digest) {
        return purpose + "s/" + digest.substring(0, 2) + "/" + digest;
    }

    /** The finished video of a render, its poster and captions. */
    public static String render(UUID jobId, String fileName) {
        return "renders/" + jobId + "/" + fileName;
    }

    /** An export. Its content is in the name: of two workers that make it at once none spoils the other's file. */
    public static String export(UUID jobId, String sha256, String extension) {
        return "exports/" + jobId + "/" + sha256 + "." + extension;
    }
}
