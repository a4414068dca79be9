package io.dislog.disk;

/**
 * A difference between what a file should hold and what it does.
 *
 * @param expected in words
 * @param found in words
 */
public record Flaw(String expected, String found) {}
