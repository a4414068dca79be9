package io.dislog.operator.observation;

/**
 * A node's pod.
 *
 * @param uid of this pod, not of the one that had its name before
 * @param current whether it is as its StatefulSet now says
 * @param ready whether it was ready when it was last probed
 * @param broken whether it is not ready, and either has no process or was not ready for long
 * @param scheduled whether a machine was found for it, as far as is known
 * @param ending whether it is about to go
 * @param why it is not ready, in a few words
 */
public record PodSeen(
    String uid,
    boolean current,
    boolean ready,
    boolean broken,
    boolean scheduled,
    boolean ending,
    String why) {}
