/**
 * The systems that people pick instead of Dislog: how each is got, started on this machine, and
 * appended to by its own clients.
 *
 * <p>Imports {@code load}, the kit, the clients of Kafka, NATS and etcd, and the JDK. Invariant: a
 * peer keeps its data in the folder that it is given, listens on loopback alone, and ends with its
 * site.
 */
@NullMarked
package io.dislog.bench.peer;

import org.jspecify.annotations.NullMarked;
