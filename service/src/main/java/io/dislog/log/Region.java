package io.dislog.log;

import java.nio.file.Path;

/**
 * A part of a store file: whole frames.
 *
 * @param file the store
 * @param position of the first frame, in bytes
 * @param size of all frames, in bytes
 */
public record Region(Path file, long position, long size) {}
