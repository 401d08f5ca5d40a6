package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a project must be, after all that was done to it: the model beside the service. */
final class KnownProject {
    final String id;

    /** What calls have changed of it; everything that the API tells under these names must be so. */
    final ObjectNode facts;

    boolean approved;
    long version;
    int refinements;

    /** What its pictures add to the estimate, in USD. */
    BigDecimal pictures = BigDecimal.ZERO;

    /** A render was accepted and its end has not been seen. */
    boolean mayBeRendering;

    /** The latest render; null if there was none. */
    String render;

    private static final String[] FACTS = {
        "title", "mode", "style", "target_duration", "aspect_ratio", "background_music", "output", "webhook_url"
    };

    /** @param answer to the request that made it */
    KnownProject(JsonNode answer) {
        id = answer.get("id").asText();
        facts = facts(answer);
        approved = answer.get("approved").asBoolean();
        version = answer.get("version").asLong();
    }

    private static ObjectNode facts(JsonNode answer) {
        ObjectNode facts = Films.JSON.createObjectNode();
        for (String name : FACTS) {
            facts.set(name, answer.get(name));
        }
        facts.set("storyboard", answer.get("storyboard"));
        facts.set("spoken", spoken(answer));
        return facts;
    }

    /** Which text is said over which scene, whether the line names it or stands at its place. */
    private static ObjectNode spoken(JsonNode answer) {
        Map<String, Integer> spoken = new TreeMap<>();
        for (int i = 0; i < answer.get("script").size(); i++) {
            JsonNode line = answer.get("script").get(i);
            JsonNode scene = line.hasNonNull("scene_index")
                    ? line
                    : answer.get("storyboard").get(i);
            spoken.put(line.get("text").asText(), scene.get("scene_index").asInt());
        }
        return Films.JSON.valueToTree(spoken);
    }

    /** The same of an answer, to be compared. */
    static ObjectNode factsOf(JsonNode answer) {
        return facts(answer);
    }

    List<ObjectNode> scenes() {
        List<ObjectNode> scenes = new ArrayList<>();
        facts.get("storyboard").forEach(scene -> scenes.add((ObjectNode) scene));
        return scenes;
    }

    ObjectNode scene(int number) {
        return scenes().stream()
                .filter(scene -> scene.get("scene_index").asInt() == number)
                .findFirst()
                .orElseThrow();
    }

    List<Integer> numbers() {
        return scenes().stream().map(scene -> scene.get("scene_index").asInt()).toList();
    }

    boolean lacksPictures() {
        return scenes().stream().anyMatch(scene -> !scene.hasNonNull("image_url"));
    }

    /** Its pictures are all that it costs: who renders it takes nothing. */
    BigDecimal shownCost() {
        return pictures.setScale(2, RoundingMode.HALF_UP);
    }

    /** The scenes come in this order and are numbered from 1; what is said over one goes with it. */
    void reorder(List<Integer> order) {
        Map<Integer, Integer> places = new TreeMap<>();
        order.forEach(number -> places.put(number, places.size() + 1));
        List<ObjectNode> scenes = scenes();
        scenes.forEach(scene ->
                scene.put("scene_index", places.get(scene.get("scene_index").asInt())));
        scenes.sort(Comparator.comparingInt(scene -> scene.get("scene_index").asInt()));
        ArrayNode ordered = facts.putArray("storyboard");
        scenes.forEach(ordered::add);
        ObjectNode spoken = (ObjectNode) facts.get("spoken");
        spoken.properties()
                .forEach(line -> line.setValue(Films.JSON
                        .getNodeFactory()
                        .numberNode(places.get(line.getValue().asInt()))));
    }

    /** A storyboard that is another one by now has to be approved anew. */
    void changed() {
        version++;
        approved = false;
    }
}
