/**
 * What Dislog's nodes say over HTTP of themselves, of their cluster and of logs, and how sizes,
 * durations and settings are written. Who says it and who reads it use these types alike.
 *
 * <p>Imports Jackson and nothing of Dislog. Records list their components in the order of their
 * JSON members unless they say otherwise, and what is null is absent. A reader passes over members
 * that it does not know: a later version may say more.
 */
@NullMarked
package io.dislog.api;

import org.jspecify.annotations.NullMarked;
