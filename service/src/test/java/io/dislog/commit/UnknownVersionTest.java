package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Rejection;
import io.dislog.disk.DamageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a newer Dislog wrote is refused, said so, and left as it is. */
final class UnknownVersionTest {

  /** Where the version stands, behind a header's magic. */
  private static final int VERSION_AT = 8;

  private static final int FOOTER_BYTES = 80;

  @TempDir Path data;

  @BeforeEach
  void copyGoldenFiles() throws Exception {
    Folders.copy(Folders.golden("v1"), data);
  }

  @ParameterizedTest(name = "{0}", quoteTextArguments = false)
  @CsvSource({
    "a sealed store,                       orders, 00000000000000000005.store",
    "an active store,                      orders, 00000000000000000008.store",
    "an active store that promises nothing, clicks, 00000000000000000030.store",
    "a sealed index,                       orders, 00000000000000000005.index",
    "an active index,                      orders, 00000000000000000008.index",
    "a log's journal,                      orders, state-0.journal",
  })
  void isRefused(String what, String log, String file) throws IOException {
    says2(data.resolve("logs").resolve(log).resolve(file), VERSION_AT);

    assertThatItIsRefused(log, file, VERSION_AT);
  }

  @Test
  void aFooterIsRefused() throws IOException {
    String file = "00000000000000000005.index";
    Path index = data.resolve("logs/orders").resolve(file);
    long at = Files.size(index) - FOOTER_BYTES + VERSION_AT;
    says2(index, at);

    assertThatItIsRefused("orders", file, at);
  }

  @Test
  void aJournalOfTheDefaultsIsRefusedAndNothingIsOpened() throws IOException {
    says2(data.resolve("defaults/state-0.journal"), VERSION_AT);
    Map<String, String> before = Folders.files(data, "");

    assertThatThrownBy(() -> LocalLogs.in(data))
        .isInstanceOf(DamageException.class)
        .hasMessage(message("state-0.journal", VERSION_AT));
    assertThat(Folders.files(data, "")).isEqualTo(before);
  }

  private void assertThatItIsRefused(String log, String file, long at) throws IOException {
    Path folder = data.resolve("logs").resolve(log);
    Map<String, String> before = Folders.files(folder, "");
    try (LocalLogs logs = LocalLogs.in(data)) {
      assertThatThrownBy(() -> logs.commit().log(log))
          .isInstanceOf(Rejection.LogUnavailable.class)
          .hasMessageEndingWith(message(file, at));
      String other = log.equals("orders") ? "clicks" : "orders";
      assertThat(LocalLogs.readAll(logs.commit().log(other))).as("another log").isNotEmpty();
    }
    assertThat(Folders.files(folder, "")).isEqualTo(before);
  }

  private static String message(String file, long at) {
    return ("%s is damaged at position %d: expected format version 1, "
            + "found version 2, as a newer Dislog writes")
        .formatted(file, at);
  }

  private static void says2(Path file, long at) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4).putInt(2).flip(), at);
    }
  }
}
