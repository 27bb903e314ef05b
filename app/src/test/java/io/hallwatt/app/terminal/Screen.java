package io.hallwatt.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands on a terminal after it was sent text with the few escape sequences that the view uses. It has no rows above and scrolls nothing away. */
final class Screen {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\d*)([A-Z])");

    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    Screen(int columns) {
        this.columns = columns;
    }

    void take(String text) {
        Matcher sequence = SEQUENCE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (sequence.find(at) && sequence.start() == at) {
                obey(sequence.group(2), sequence.group(1));
                at = sequence.end();
            } else {
                put(text.charAt(at++));
            }
        }
    }

    private void obey(String command, String argument) {
        switch (command) {
            case "A" -> row = Math.max(0, row - Integer.parseInt(argument));
            case "K" -> rows.get(row).setLength(0);
            case "J" -> {
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                rows.subList(row + 1, rows.size()).clear();
            }
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void put(char c) {
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            down();
        } else {
            if (column == columns) {
                down();
            }
            StringBuilder here = rows.get(row);
            while (here.length() <= column) {
                here.append(' ');
            }
            here.setCharAt(column++, c);
        }
    }

    private void down() {
        row++;
        column = 0;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }

    /** From the top; the empty one of the cursor left out. */
    List<String> rows() {
        return rows.stream()
                .map(text -> text.toString().stripTrailing())
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
