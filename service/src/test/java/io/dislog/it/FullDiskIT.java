package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that has no more room for appends, and all that goes on without. It is a small one in
 * memory; where none may be mounted, a part of the large one, by a reserve that leaves as much.
 */
final class FullDiskIT {

  private static final int DISK_MEBIBYTES = 64;
  private static final String RESERVE = Integer.toString(16 << 20);
  private static final int RECORD_BYTES = 200 << 10;

  /** Of the reserve, what segments and others on the same disk may have taken meanwhile. */
  private static final long SLACK_BYTES = 4 << 20;

  private static final int MAX_RECORDS = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final Services services = new Services();

  private final List<byte[]> acknowledged = new ArrayList<>();
  private final Random random = new Random(1);

  @Test
  void onlyAppendsWaitForRoomWhenTheReserveIsReached(@TempDir Path folder) throws Exception {
    try (Room room = Room.ofMebibytes(folder.resolve("disk"), DISK_MEBIBYTES)) {
      checkFullDisk(room, folder, room.isSmall() ? RESERVE : reserveOfLargeDisk(folder));
    }
  }

  @Test
  void onlyAppendsWaitForRoomWhenThereIsNoneLeftAtAll(@TempDir Path folder) throws Exception {
    try (Room room = Room.ofMebibytes(folder.resolve("disk"), DISK_MEBIBYTES)) {
      checkFullDisk(room, folder, room.isSmall() ? "0" : reserveOfLargeDisk(folder));
    }
  }

  private void checkFullDisk(Room room, Path folder, String reserve) throws Exception {
    DislogProcess service =
        services.on(room.folder().resolve("data"), folder).with("dislog.storage.reserve", reserve);
    service.start();
    Api api = service.api();
    // Else retention makes room before the disk is full.
    api.patch("/v1/defaults", "{\"retention\":{\"maxAge\":\"none\"}}").is(200);
    api.put("/v1/logs/orders", "{\"segment\":{\"maxBytes\":\"2Mi\"}}").is(201);
    api.put("/v1/logs/others", "{\"segment\":{\"maxBytes\":\"1Mi\"}}").is(201);
    api.put("/v1/logs/orders/consumers/billing", "{\"offset\":0}").is(201);
    for (int i = 0; i < 20; i++) {
      api.append("others", Api.BYTES, new byte[RECORD_BYTES]).is(201);
    }
    fill(api);
    if (!reserve.equals("0")) { // Else what is free may be too little for a segment's files.
      checkReadiness(service, "full");
      assertThat(usable(room.folder())).isGreaterThan(Long.parseLong(reserve) - SLACK_BYTES);
    }
    checkAllElseGoesOn(api);
    service.kill();
    service.launch();
    service.awaitListening();
    Await.until(
        "it recovers", PATIENCE, () -> service.api().get("/v1/logs/orders").status() == 200);
    checkAllElseGoesOn(service.api());
    makeRoom(service.api());
    if (room.isSmall()) {
      checkReadiness(service, "ok");
    }
  }

  /** Appends ever smaller records, until not even the smallest is taken. */
  private void fill(Api api) throws IOException, InterruptedException {
    for (int size : new int[] {RECORD_BYTES, 8 << 10, 1}) {
      int before = acknowledged.size();
      while (append(api, size)) {
        assertThat(acknowledged).as("the disk fills up").hasSizeLessThan(before + MAX_RECORDS);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(10);
  }

  private boolean append(Api api, int size) throws IOException, InterruptedException {
    byte[] value = new byte[size];
    random.nextBytes(value);
    Answer answer = api.append("orders", Api.BYTES, value);
    if (answer.status() == 201) {
      acknowledged.add(value);
      return true;
    }
    answer.isProblem(507, "storage-full");
    assertThat(answer.json().get("retryable").asBoolean()).isTrue();
    return false;
  }

  private void checkAllElseGoesOn(Api api) throws IOException, InterruptedException {
    api.append("orders", Api.BYTES, new byte[RECORD_BYTES]).isProblem(507, "storage-full");
    assertThat(api.describe("orders").get("endOffset").asInt()).isEqualTo(acknowledged.size());
    Format.FRAMES.readAll(
        api,
        "orders",
        "4Mi",
        record ->
            assertThat(Arrays.equals(record.value(), acknowledged.get((int) record.offset())))
                .isTrue());
    for (int position = 1; position <= 3; position++) {
      api.put("/v1/logs/orders/consumers/billing", "{\"offset\":%d}".formatted(position)).is(200);
    }
    api.get("/v1/logs/orders/retention/plan").is(200);
    api.get("/v1/logs/orders/segments").is(200);
  }

  /** A trim and a run of retention find room for themselves, and make room for appends. */
  private void makeRoom(Api api) throws Exception {
    int half = acknowledged.size() / 2;
    Answer trimmed = api.delete(Api.records("orders") + "?before=" + half).is(200);
    assertThat(trimmed.json().get("earliestOffset").asInt()).isEqualTo(half);
    api.patch("/v1/logs/others", "{\"retention\":{\"maxBytes\":\"1Mi\"}}").is(200);
    Await.until(
        "appends go on by themselves",
        PATIENCE,
        () -> api.append("orders", "there is room again").status() == 201);
    api.post("/v1/logs/others/retention/run").is(200);
    assertThat(api.describe("others").get("earliestOffset").asInt()).isPositive();
    api.put("/v1/logs/new", "{}").is(201);
  }

  /** Whatever is free, it serves reads, consumers and trims. */
  private static void checkReadiness(DislogProcess service, String storage) throws Exception {
    Await.until(
        () -> "its storage is " + storage,
        PATIENCE,
        () ->
            service
                .readiness()
                .is(200)
                .json()
                .findValuesAsText("storage")
                .equals(List.of(storage)));
    service.management().get("/q/health/live").is(200);
  }

  private static String reserveOfLargeDisk(Path folder) throws IOException {
    return Long.toString(usable(folder) - ((long) DISK_MEBIBYTES << 20));
  }

  private static long usable(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
