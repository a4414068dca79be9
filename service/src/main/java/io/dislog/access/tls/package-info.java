/**
 * Keys and certificates in PEM files, which are read again when they change: TLS goes on over the
 * connections that there are, and new ones are made with what the files say then.
 *
 * <p>Invariant: what can't be read leaves in force what was read before.
 */
@NullMarked
package io.dislog.access.tls;

import org.jspecify.annotations.NullMarked;
