package io.dislog.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The file of the secret by which the nodes of a cluster know each other. */
final class NodesSecret {

  private static final String NAME = "nodes.secret";
  private static final int BYTES = 32;

  private NodesSecret() {}

  /**
   * The file in a folder; one that is there already is kept, others than its owner can't read it.
   */
  static Path in(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      byte[] secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(secret), StandardOpenOption.WRITE);
    }
    return file;
  }
}
