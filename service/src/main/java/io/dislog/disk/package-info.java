/**
 * Files: opening, forcing, renaming and deleting them, a bounded number of them open at a time, and
 * what a damaged or strange one is called.
 *
 * <p>Imports the JDK only. Invariant: every access to a file of the data directory goes through
 * {@link io.dislog.disk.Disk}, so that a test can let each of them fail.
 */
@NullMarked
package io.dislog.disk;

import org.jspecify.annotations.NullMarked;
