package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.speech.SpokenLine;

import java.util.TreeSet;

/** What the renderer says it can do: the contract's own table. */
final class Capabilities {

    private Capabilities() {}

    static ObjectNode describe() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("limits")
                .put("max_scenes", 100)
                .put("min_scene_duration", 0.5)
                .put("max_scene_duration", 60)
                .put("max_total_duration", RenderOrder.LONGEST)
                .put("max_script_lines", 100)
                .put("max_body_bytes", CustomSubmit.LARGEST_BODY);
        var voices = json.putArray("voices").add("default");
        SpokenLine.voices().forEach(voices::add);
        var transitions = json.putArray("transitions");
        new TreeSet<>(RenderOrder.TRANSITIONS).forEach(transitions::add);
        var resolutions = json.putArray("resolutions");
        new TreeSet<>(RenderOrder.RESOLUTIONS).forEach(resolutions::add);
        var formats = json.putArray("formats");
        new TreeSet<>(RenderOrder.FORMATS).forEach(formats::add);
        var rates = json.putArray("fps");
        new TreeSet<>(RenderOrder.RATES).forEach(rates::add);
        return json;
    }
}
