package io.dislog.commit;

import io.dislog.shard.Storage;
import java.util.List;

/** The volumes that hold the logs: this node's, and those of the other replicas. */
public interface Volumes {

  /** Has a look at them; called several times a second by one thread. Never blocks. */
  void look();

  /** How full each was when it was looked at last, as far as that is known here. */
  List<Storage> all();
}
