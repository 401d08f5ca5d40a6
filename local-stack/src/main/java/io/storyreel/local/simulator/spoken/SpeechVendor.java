package io.storyreel.local.simulator.spoken;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.frame.Vendor;
import io.storyreel.local.simulator.media.VoiceMaker;
import io.storyreel.local.simulator.wire.Request;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A vendor that speaks: the sound it sells is in the answer itself. */
public abstract class SpeechVendor implements Vendor {

    protected final VoiceMaker voices;
    private final String name;
    private final Predicate<String> speech;

    /** @param speech the paths where sound is sold */
    protected SpeechVendor(String name, Pattern speech, VoiceMaker voices) {
        this.name = name;
        this.speech = speech.asMatchPredicate();
        this.voices = voices;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Subject subject(Request request) {
        return speech.test(request.path()) ? Subject.submit(request::text, Part.FILE) : Subject.of(CallKind.OTHER);
    }
}
