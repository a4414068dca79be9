/**
 * Finds out who sends a request and whether they may, before anything of it but its head is looked
 * at, and keeps account of what was refused.
 */
@NullMarked
package io.dislog.http.access;

import org.jspecify.annotations.NullMarked;
