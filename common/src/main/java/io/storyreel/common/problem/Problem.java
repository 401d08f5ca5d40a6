package io.storyreel.common.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body of every error answer (RFC 9457, {@code application/problem+json}).
 *
 * @param detail for people: what happened and what to change
 * @param code for programs
 * @param errors the fields to change, possibly empty
 * @param members what else a program should know, by the names on the wire; depends on the code, possibly empty
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<Violation> errors,
        @JsonAnyGetter Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(ProblemCode code, String detail, List<Violation> errors) {
        return of(code, detail, errors, Map.of());
    }

    public static Problem of(ProblemCode code, String detail, List<Violation> errors, Map<String, Object> members) {
        return new Problem(
                "urn:storyreel:problem:" + code.wireName(),
                code.title(),
                code.status(),
                detail,
                code.wireName(),
                List.copyOf(errors),
                Collections.unmodifiableMap(new TreeMap<>(members)));
    }
}
