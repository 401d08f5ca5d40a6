package io.storyreel.common.storyboard;

import java.util.regex.Pattern;

/**
 * A file that Storyreel holds itself, written {@code asset://sha256/<64 hex digits>.<extension>}. What it names can
 * never change, because the name is made of the content.
 */
public record AssetReference(String sha256, String extension) {

    private static final Pattern FORM = Pattern.compile("asset://sha256/([0-9a-f]{64})\\.([a-z0-9]{1,8})");

    public AssetReference {
        String url = "asset://sha256/" + sha256 + "." + extension;
        if (!isOne(url)) {
            throw new IllegalArgumentException("not a digest and an extension: " + url);
        }
    }

    public static boolean isOne(String url) {
        return url != null && FORM.matcher(url).matches();
    }

    /** @throws IllegalArgumentException if {@code url} has another form */
    public static AssetReference parse(String url) {
        var match = FORM.matcher(url);
        if (!match.matches()) {
            throw new IllegalArgumentException("not an asset:// reference: " + url);
        }
        return new AssetReference(match.group(1), match.group(2));
    }

    public String url() {
        return "asset://sha256/" + sha256 + "." + extension;
    }
}
