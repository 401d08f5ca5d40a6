package io.storyreel.api.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.Violation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Says in plain words why a JSON body was not understood, without a word about Java. */
final class BodyProblems {
    private static final int LONGEST_VALUE = 60;

    /** The reader has no type of its own for this failure. */
    private static final String MISSING = "Missing required creator property";

    private BodyProblems() {}

    static Problem of(JsonProcessingException failure) {
        if (failure instanceof JsonMappingException mapping) {
            Violation violation = new Violation(path(mapping), message(mapping));
            return Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    violation.field().isEmpty()
                            ? "The body " + violation.message() + "."
                            : violation.field() + " " + violation.message() + ".",
                    violation.field().isEmpty() ? List.of() : List.of(violation));
        }
        return Problem.of(ProblemCode.INVALID_REQUEST, "The body is not valid JSON" + place(failure) + ".", List.of());
    }

    private static String message(JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "is not known here; known are " + known(unknown);
        }
        if (failure instanceof InvalidFormatException format) {
            return wanted(format.getTargetType()) + ", is " + shown(format.getValue());
        }
        if (failure instanceof MismatchedInputException mismatch) {
            if (mismatch.getOriginalMessage().startsWith(MISSING)) {
                return "is missing";
            }
            return mismatch.getTargetType() == null
                    ? "is missing or has the wrong form" + place(failure)
                    : wanted(mismatch.getTargetType());
        }
        return failure.getPath().isEmpty() ? "is not valid JSON" + place(failure) : "cannot be read";
    }

    private static String known(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "must be one of " + names(type);
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "must be a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type == double.class) {
            return "must be a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "must be true or false";
        }
        if (type == String.class) {
            return "must be a text";
        }
        return List.class.isAssignableFrom(type) ? "must be a list" : "must be an object";
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.isEnumConstant())
                .map(field -> field.isAnnotationPresent(JsonProperty.class)
                        ? field.getAnnotation(JsonProperty.class).value()
                        : field.getName())
                .collect(Collectors.joining(", "));
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        String cut = text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
        return value instanceof CharSequence ? "\"" + cut + "\"" : cut;
    }

    /** As a client writes it: {@code storyboard[2].duration}. */
    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String place(JsonProcessingException failure) {
        JsonLocation location = failure.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
