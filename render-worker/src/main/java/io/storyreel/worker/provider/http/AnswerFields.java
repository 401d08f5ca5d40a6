package io.storyreel.worker.provider.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * What is in an answer, read without trust: a field that is not there, or is something else than it should be, is null.
 */
public record AnswerFields(JsonObject json) {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,12}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");
    private static final int LONGEST_WORD = 40;
    private static final int LONGEST_URL = 8_192;
    private static final int MONEY_DIGITS = 6;
    private static final BigDecimal MOST_MONEY = BigDecimal.valueOf(1_000_000);

    /** The object in a field; an empty one if there is none. */
    public AnswerFields object(String name) {
        return new AnswerFields(json.getValue(name) instanceof JsonObject object ? object : new JsonObject());
    }

    public boolean has(String name) {
        return json.getValue(name) != null;
    }

    public String text(String name) {
        return json.getValue(name) instanceof String text ? text : null;
    }

    /** A text that is fit for logs and rows: its letters, digits and {@code _ . -}, at most 40; never null or empty. */
    public String word(String name) {
        String text = text(name);
        String word = text == null ? "" : text.replaceAll("[^A-Za-z0-9_.-]", "");
        return word.isEmpty() ? "unknown" : word.substring(0, Math.min(LONGEST_WORD, word.length()));
    }

    /** Null unless it is said in so many words. */
    public Boolean flag(String name) {
        return json.getValue(name) instanceof Boolean flag ? flag : null;
    }

    /** A number, be it written as a number or as text. */
    public BigDecimal number(String name) {
        Object value = json.getValue(name);
        String text = value instanceof Number || value instanceof String ? value.toString() : "";
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** An amount of money, to the millionth; null for one that cannot be. */
    public BigDecimal money(String name) {
        BigDecimal amount = number(name);
        return amount == null || amount.signum() < 0 || amount.compareTo(MOST_MONEY) > 0
                ? null
                : amount.setScale(Math.max(0, Math.min(MONEY_DIGITS, amount.scale())), RoundingMode.HALF_UP);
    }

    /** Progress in percent, 0 to 99: what is above 1 is taken for a percentage, what is not for a fraction. */
    public Integer percent(String name) {
        BigDecimal progress = number(name);
        if (progress == null) {
            return null;
        }
        BigDecimal percent = progress.compareTo(BigDecimal.ONE) > 0 ? progress : progress.movePointRight(2);
        return percent.max(BigDecimal.ZERO).min(BigDecimal.valueOf(99)).intValue();
    }

    /** A web address. */
    public String url(String name) {
        return webAddress(json.getValue(name));
    }

    /** The first web address of a list. */
    public String firstUrl(String name) {
        return json.getValue(name) instanceof JsonArray list && !list.isEmpty() ? webAddress(list.getValue(0)) : null;
    }

    private static String webAddress(Object value) {
        return value instanceof String text && text.length() <= LONGEST_URL && text.matches("(?i)https?://[^\\s/]\\S*")
                ? text
                : null;
    }
}
