package io.storyreel.worker.fetch;

import io.storyreel.worker.fetch.CorruptResultException.Flaw;
import io.storyreel.worker.provider.RemoteFile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What a provider's file has to be like: of its kind, within the limit, and as long as the provider says. */
record ResultRules(FileKind kind, long limit, RemoteFile declared) implements FileRules {

    /** No clip and no picture is smaller; what is, is somebody's error message. */
    static final long LEAST_BYTES = 1_024;

    private static final int SHOWN_BYTES = 8;

    @Override
    public long mostBytes() {
        return declared.size() == null ? limit : Math.min(limit, declared.size());
    }

    @Override
    public RuntimeException tooLarge() {
        return new CorruptResultException(
                Flaw.TOO_LARGE,
                mostBytes() < limit
                        ? "the file is longer than the " + declared.size() + " bytes that the provider declared"
                        : "the file is larger than " + limit / (1024 * 1024) + " MB, the limit for " + kind.title());
    }

    @Override
    public void beginning(byte[] head) {
        if (!kind.begins(head)) {
            throw new CorruptResultException(
                    Flaw.OTHER_KIND, "the file is not " + kind.title() + " but " + described(head));
        }
    }

    /** @throws CorruptResultException if the whole file is not what the provider said */
    FetchedFile checked(FetchedFile file) {
        if (declared.size() != null && file.size() != declared.size()) {
            throw new CorruptResultException(
                    Flaw.WRONG_SIZE,
                    "the file has " + file.size() + " bytes, but the provider declared " + declared.size());
        }
        if (file.size() < LEAST_BYTES) {
            throw new CorruptResultException(
                    Flaw.TOO_SMALL, "the file has " + file.size() + " bytes, too few for " + kind.title());
        }
        if (declared.sha256() != null && !declared.sha256().equalsIgnoreCase(file.sha256())) {
            throw new CorruptResultException(
                    Flaw.WRONG_DIGEST, "the file has another SHA-256 digest than the provider declared");
        }
        return file;
    }

    /** Never the text itself: error pages repeat signed addresses. */
    private static String described(byte[] head) {
        String text =
                new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        if (head.length == 0) {
            return "empty";
        }
        if (text.startsWith("<")) {
            return text.startsWith("<?xml") ? "an XML document" : "an HTML page";
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return "JSON text";
        }
        return Arrays.stream(FileKind.values())
                .filter(kind -> kind.begins(head))
                .findFirst()
                .map(FileKind::title)
                .orElseGet(() -> "something that begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(head, 0, Math.min(SHOWN_BYTES, head.length)));
    }
}
