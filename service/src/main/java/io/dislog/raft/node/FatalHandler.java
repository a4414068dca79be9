package io.dislog.raft.node;

import java.lang.System.Logger.Level;

/** How a node ends that can't go on: its process does, and whoever started it starts another. */
public interface FatalHandler {

  /** Told to whoever waits for the process. */
  int EXIT_CODE = 3;

  /**
   * Halts the process: what an orderly stop does would wait for the very disk that failed.
   *
   * <p>A node that goes on without its disk would still be asked to vote, and be counted on.
   */
  FatalHandler PROCESS =
      why -> {
        System.getLogger(FatalHandler.class.getName())
            .log(Level.ERROR, "the process ends: {0}", why);
        Runtime.getRuntime().halt(EXIT_CODE);
      };

  /** Ends; may be called more than once. */
  void end(String why);
}
