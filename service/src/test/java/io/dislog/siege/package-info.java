/**
 * Attacks on a service with little memory and few descriptors, and what a client that behaves well
 * has of it meanwhile. Attackers are a process of their own with one thread, so that they take
 * little from whom they attack. Knows HTTP and the contract, and no code of the service.
 */
@NullMarked
package io.dislog.siege;

import org.jspecify.annotations.NullMarked;
