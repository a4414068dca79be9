/**
 * Opens, forces, renames and deletes files, keeps a bounded number of them open, and reports
 * damaged or unexpected ones.
 *
 * <p>Imports the JDK only. Invariant: every write of logs and journals goes through {@link
 * io.dislog.disk.Disk}, so that a test can make each of them fail.
 */
@NullMarked
package io.dislog.disk;

import org.jspecify.annotations.NullMarked;
