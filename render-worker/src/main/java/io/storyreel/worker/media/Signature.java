package io.storyreel.worker.media;

/** Compares the first bytes of a file with those its format prescribes. */
final class Signature {

    private Signature() {}

    static boolean at(byte[] head, int offset, int... expected) {
        if (head.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((head[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
