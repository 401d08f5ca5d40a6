package io.storyreel.api.asset;

import io.storyreel.api.auth.AuthSettings;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes tickets as ids that the client keeps for us, so that an upload that is never completed leaves no row behind. Signed
 * together with the workspace: nobody can change one, or use that of another workspace.
 */
@ApplicationScoped
public class UploadTickets {
    /** How an id is written. */
    public static final String FORM = "[A-Za-z0-9_-]{108}";

    private static final String ALGORITHM = "HmacSHA256";

    /** No token begins so: what is signed with the same secret for another purpose is no ticket. */
    private static final byte[] PURPOSE = "storyreel upload\0".getBytes(StandardCharsets.US_ASCII);

    private static final int SIGNED = 2 * Long.BYTES + 2 * Long.BYTES + 1 + 32;
    private static final int SIGNATURE = 16;
    private static final Pattern ID = Pattern.compile(FORM);

    private final SecretKeySpec key;

    UploadTickets(AuthSettings settings) {
        this.key = new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    String id(UUID workspace, UploadTicket ticket) {
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .putLong(ticket.id().getMostSignificantBits())
                .putLong(ticket.id().getLeastSignificantBits())
                .putLong(ticket.expiresAt().getEpochSecond())
                .putLong(ticket.size())
                .put((byte) ticket.type().ordinal())
                .put(HexFormat.of().parseHex(ticket.sha256()))
                .array();
        byte[] whole = ByteBuffer.allocate(SIGNED + SIGNATURE)
                .put(signed)
                .put(signature(workspace, signed))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** Fails if the workspace was never given this id. */
    UploadTicket read(UUID workspace, String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown();
        }
        byte[] whole = Base64.getUrlDecoder().decode(id);
        byte[] signed = Arrays.copyOf(whole, SIGNED);
        byte[] signature = Arrays.copyOfRange(whole, SIGNED, whole.length);
        if (!MessageDigest.isEqual(signature, signature(workspace, signed))) {
            throw unknown();
        }
        ByteBuffer content = ByteBuffer.wrap(signed);
        var upload = new UUID(content.getLong(), content.getLong());
        Instant expiresAt = Instant.ofEpochSecond(content.getLong());
        long size = content.getLong();
        FileType type = FileType.values()[content.get()];
        byte[] sha256 = new byte[32];
        content.get(sha256);
        return new UploadTicket(upload, expiresAt, size, HexFormat.of().formatHex(sha256), type);
    }

    private byte[] signature(UUID workspace, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(PURPOSE);
            mac.update(workspace.toString().getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(mac.doFinal(signed), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static ProblemException unknown() {
        String message = "is none of this workspace: use the complete_url that you were given, unchanged";
        return new ProblemException(
                ProblemCode.NOT_FOUND, "The upload_id " + message + ".", List.of(new Violation("upload_id", message)));
    }
}
