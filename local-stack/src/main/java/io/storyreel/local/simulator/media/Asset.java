package io.storyreel.local.simulator.media;

import java.net.URI;
import java.nio.file.Path;

/** An input a client has named. */
public sealed interface Asset {

    /** The same for the same input, also when it is named by another signed address. */
    String identity();

    /** Came with the call. */
    record Held(Path file, String digest) implements Asset {
        @Override
        public String identity() {
            return digest;
        }
    }

    /** Has to be fetched. */
    record Remote(URI address) implements Asset {
        @Override
        public String identity() {
            return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
        }
    }

    /** A picture drawn from a prompt. */
    record Drawn(String prompt) implements Asset {
        @Override
        public String identity() {
            return "";
        }
    }
}
