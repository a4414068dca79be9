package io.dislog.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer said last, in a file, so that this process knows it when it starts while the
 * issuer can't be asked. Whoever can write there can write the logs, too.
 */
final class KeysFile {

  private static final System.Logger LOGGER = System.getLogger(KeysFile.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final String url;

  /**
   * @param url of the issuer: of another one nothing is taken
   */
  KeysFile(Path path, String url) {
    this.path = path;
    this.url = url;
  }

  /** What was written last; null where nothing was, or it can't be read. */
  @Nullable IssuerDocument read() {
    try {
      JsonNode kept = JSON.readTree(Files.readString(path));
      return kept.path("url").asText().equals(url)
          ? new IssuerDocument(kept.path("issuer").asText(), kept.path("keys").toString())
          : null;
    } catch (IOException e) {
      return null; // It is asked for.
    }
  }

  /** Keeps what an issuer says; where that can't be, it is asked again at the next start. */
  void write(IssuerDocument said) {
    try {
      ObjectNode kept = JSON.createObjectNode().put("url", url).put("issuer", said.issuer());
      kept.set("keys", JSON.readTree(said.keys()));
      Path whole = path.resolveSibling(path.getFileName() + ".new");
      Files.createDirectories(whole.toAbsolutePath().getParent());
      Files.write(whole, JSON.writeValueAsBytes(kept));
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOGGER.log(
          System.Logger.Level.WARNING, "An issuer''s keys can''t be kept: {0}", e.toString());
    }
  }
}
