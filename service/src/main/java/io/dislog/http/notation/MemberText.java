package io.dislog.http.notation;

import io.dislog.commit.Member;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a node is reached, as text: {@code host:raftPort:httpPort}. */
public final class MemberText {

  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):(\\d{1,5}):(\\d{1,5})");

  private static final int MAX_PORT = 65_535;

  private MemberText() {}

  /** The node of an id that is reached there, or null where the text is no address. */
  public static @Nullable Member parse(String id, String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      return null;
    }
    int raftPort = Integer.parseInt(parts.group(2));
    int httpPort = Integer.parseInt(parts.group(3));
    return isPort(raftPort) && isPort(httpPort)
        ? new Member(id, parts.group(1), raftPort, httpPort)
        : null;
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= MAX_PORT;
  }
}
