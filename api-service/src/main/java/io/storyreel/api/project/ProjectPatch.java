package io.storyreel.api.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes the named fields only (JSON merge patch, RFC 7396): null takes a field back to its default. */
@ApplicationScoped
class ProjectPatch {
    private final ObjectMapper json;

    ProjectPatch(ObjectMapper json) {
        this.json = json;
    }

    /** What the project shall be, given what it is. */
    ProjectRequest apply(JsonNode patch, VideoProject project) {
        if (patch == null || !patch.isObject()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "The body must be an object of the fields to change.");
        }
        ObjectNode present = json.valueToTree(ProjectRequest.of(project));
        try {
            return json.treeToValue(merge(present, patch), ProjectRequest.class);
        } catch (JsonProcessingException notAProject) {
            throw new PatchRefused(notAProject);
        }
    }

    boolean saysApproved(JsonNode patch) {
        return patch.has("approved");
    }

    private static ObjectNode merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                target.remove(member.getKey());
            } else if (value.isObject()) {
                ObjectNode inner =
                        target.get(member.getKey()) instanceof ObjectNode present ? present : target.objectNode();
                target.set(member.getKey(), merge(inner, value));
            } else {
                target.set(member.getKey(), value);
            }
        });
        return target;
    }

    /** Carries what the JSON reader says to where problems are told. */
    private static final class PatchRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PatchRefused(JsonProcessingException cause) {
            super(cause);
        }
    }
}
