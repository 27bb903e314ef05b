package io.hallwatt.alerting.expr;

import io.hallwatt.alerting.expr.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into words as PromQL's lexer does: names, numbers, durations, quoted texts, symbols; {@code #} starts a comment. */
final class Tokenizer {
    /** Longest expression, in characters. */
    static final int MOST_CHARACTERS = 16_384;

    /** More than any range needs; a bound, since the form is matched by recursion. */
    private static final int LONGEST_DURATION = 64;

    /** The longer first: {@code >=} before {@code >}. */
    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "=~", "!~", ">=", "<=", ">", "<", "=", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[",
            "]", ",", "@", ":");

    private final String text;
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** All words, an END last. */
    static List<Token> cut(String text) throws ExprFault {
        if (text.length() > MOST_CHARACTERS) {
            throw new ExprFault(
                    0,
                    "an expression of %,d characters; at most %,d are read".formatted(text.length(), MOST_CHARACTERS));
        }
        Tokenizer tokenizer = new Tokenizer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(tokenizer.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private Token next() throws ExprFault {
        skipBlanksAndComments();
        if (at == text.length()) {
            return new Token(Kind.END, "", at);
        }
        char first = text.charAt(at);
        if (isDigit(first) || (first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            return number();
        }
        if (isNameStart(first)) {
            int start = at;
            while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            return new Token(Kind.NAME, text.substring(start, at), start);
        }
        if (first == '"' || first == '\'' || first == '`') {
            return quoted(first);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, at - symbol.length());
            }
        }
        throw new ExprFault(
                at, "the character \"%s\" has no meaning here".formatted(Character.toString(text.codePointAt(at))));
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    /** A number ({@code 80}, {@code .8}, {@code 1e3}, {@code 0x1F}) or, with a unit after it, a duration ({@code 5m}). */
    private Token number() throws ExprFault {
        int start = at;
        while (at < text.length() && isNumberPart(start)) {
            at++;
        }
        String word = text.substring(start, at);
        if (NumberText.parse(word).isPresent()) {
            return new Token(Kind.NUMBER, word, start);
        }
        if (word.length() <= LONGEST_DURATION && word.matches("([0-9]+(ms|[smhdwy]))+")) {
            return new Token(Kind.DURATION, word, start);
        }
        throw new ExprFault(start, "\"%s\" %s".formatted(BoundedPattern.shown(word), whyNoNumber(word)));
    }

    private static String whyNoNumber(String word) {
        if (word.length() <= LONGEST_DURATION && word.matches("0[xX][0-9a-fA-F]+")) {
            return "is larger than any hexadecimal number here: at most 0x7fffffffffffffff";
        }
        if (word.length() <= LONGEST_DURATION && word.matches("[0-9]*\\.?[0-9]*[eE]\\+?[0-9]+")) {
            return "is larger than any number here: at most 1.7e308";
        }
        return word.contains("_") ? "is no number: digits stand without _ between them" : "is no number";
    }

    private boolean isNumberPart(int start) {
        char c = text.charAt(at);
        if (isDigit(c) || c == '.' || isNameStart(c)) {
            return c != ':';
        }
        boolean afterExponent = at > start && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
        return (c == '+' || c == '-') && afterExponent && !text.regionMatches(true, start, "0x", 0, 2);
    }

    private Token quoted(char quote) throws ExprFault {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\n' && quote != '`') {
                break;
            }
            content.append(c == '\\' && quote != '`' ? escaped() : c);
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw new ExprFault(start, "a quoted text without its closing %s".formatted(quote));
        }
        at++;
        return new Token(Kind.STRING, content.toString(), start);
    }

    private char escaped() throws ExprFault {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> c;
            default ->
                throw new ExprFault(
                        at - 2,
                        "the escape \\%s is not known; in a regular expression write the backslash twice".formatted(c));
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }
}
