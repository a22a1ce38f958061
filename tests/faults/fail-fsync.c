// Preloaded (LD_PRELOAD): fsync and fdatasync fail with EIO while the file named in FAULT_FLAG exists.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int failing(void) {
  const char *flag = getenv("FAULT_FLAG");
  return flag != NULL && access(flag, F_OK) == 0;
}

static int through(const char *name, int file) {
  if (failing()) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return through("fsync", file); }
int fdatasync(int file) { return through("fdatasync", file); }
