package io.dislog.http.cluster;

import io.dislog.command.Command.Append;
import io.dislog.command.CommandFormat;
import io.dislog.command.Encoder;
import io.dislog.log.Record;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An append that a node has the leader of the log's shard carry out. Immutable.
 *
 * <pre>
 *   many    u32 count, count x {text log, text id, append}
 *   append  see {@link CommandFormat}
 * </pre>
 *
 * @param id of the log, which may have been deleted and made anew
 */
record RemoteAppend(String log, String id, Append append) {

  static ByteBuffer encode(List<RemoteAppend> appends) {
    Encoder to = new Encoder().putInt(appends.size());
    for (RemoteAppend append : appends) {
      CommandFormat.encode(append.append(), to.putText(append.log()).putText(append.id()));
    }
    return to.finish();
  }

  /**
   * Reads them; the records share the bytes.
   *
   * @throws IllegalArgumentException where something else than an append of records is among them
   * @throws RuntimeException of a buffer where bytes are missing
   */
  static List<RemoteAppend> decode(ByteBuffer from) {
    List<RemoteAppend> appends = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      String log = CommandFormat.text(from);
      String id = CommandFormat.text(from);
      if (!(CommandFormat.decode(from) instanceof Append append) || !isWhole(append)) {
        throw new IllegalArgumentException("not an append of records");
      }
      appends.add(new RemoteAppend(log, id, append));
    }
    return appends;
  }

  private static boolean isWhole(Append append) {
    return !append.records().isEmpty() && append.size() == Record.sizeOf(append.records());
  }
}
