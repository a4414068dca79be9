// What a test does to one process of the service: its disk fails, and its wall clock is off. Preloaded before libc, and told what
// to do by a file of 16 bytes, which both sides have mapped or written: int64 seconds that the clock is ahead, int64 whether every
// write and force below a folder fails with EIO. Environment: DISLOG_SHIM_CONTROL, that file; DISLOG_SHIM_FOLDER, that folder.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct control {
  volatile int64_t seconds_ahead;
  volatile int64_t disk_fails;
};

static struct control nothing;
static struct control *control = &nothing;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("DISLOG_SHIM_CONTROL");
  folder = getenv("DISLOG_SHIM_FOLDER");
  if (!path || !folder) return;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) control = mapped;
}

static int fails(int fd) {
  if (!control->disk_fails) return 0;
  char link[32], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

#define REAL(type, name, ...)                                         \
  static type (*real)(__VA_ARGS__);                                   \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define FAIL_IF(condition) \
  if (condition) {         \
    errno = EIO;           \
    return -1;             \
  }

#define WRITES(name, declared, types, arguments) \
  ssize_t name declared {                        \
    REAL(ssize_t, name, types);                  \
    FAIL_IF(fails(fd));                          \
    return real arguments;                       \
  }

#define TYPES(...) __VA_ARGS__

WRITES(write, (int fd, const void *bytes, size_t count), TYPES(int, const void *, size_t), (fd, bytes, count))
WRITES(pwrite, (int fd, const void *bytes, size_t count, off_t at), TYPES(int, const void *, size_t, off_t), (fd, bytes, count, at))
WRITES(pwrite64, (int fd, const void *bytes, size_t count, off64_t at), TYPES(int, const void *, size_t, off64_t),
       (fd, bytes, count, at))
WRITES(writev, (int fd, const struct iovec *parts, int count), TYPES(int, const struct iovec *, int), (fd, parts, count))
WRITES(pwritev, (int fd, const struct iovec *parts, int count, off_t at), TYPES(int, const struct iovec *, int, off_t),
       (fd, parts, count, at))
WRITES(pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), TYPES(int, const struct iovec *, int, off64_t),
       (fd, parts, count, at))

int fsync(int fd) {
  REAL(int, fsync, int);
  FAIL_IF(fails(fd));
  return real(fd);
}

int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  FAIL_IF(fails(fd));
  return real(fd);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  REAL(int, clock_gettime, clockid_t, struct timespec *);
  int result = real(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += control->seconds_ahead;
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  REAL(int, gettimeofday, struct timeval *, void *);
  int result = real(now, zone);
  if (result == 0) now->tv_sec += control->seconds_ahead;
  return result;
}

time_t time(time_t *to) {
  REAL(time_t, time, time_t *);
  time_t now = real(NULL) + control->seconds_ahead;
  if (to) *to = now;
  return now;
}
