/* Between the service and the system: another time, a full disk, a slow disk. Loaded by LD_PRELOAD.

   What is wrong at the moment stands in a file that both sides have mapped: see machine.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
    volatile int64_t clock_seconds;
    volatile int64_t disk_is_full;
    volatile int64_t flush_microseconds;
};

static const struct control nothing_wrong;
static const struct control *control = &nothing_wrong;
static const char *folder = "";

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void open_control(void)
{
    const char *path = getenv("CHAOS_CONTROL");
    folder = getenv("CHAOS_FOLDER") ? getenv("CHAOS_FOLDER") : "";
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) control = mapped;
    close(file);
}

static int is_refused(int file)
{
    char link[64], path[4096];
    struct stat state;
    if (!control->disk_is_full || fstat(file, &state) || !S_ISREG(state.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, folder, strlen(folder));
}

#define REFUSE_WHERE_FULL(file) if (is_refused(file)) { errno = ENOSPC; return -1; }

ssize_t write(int file, const void *data, size_t size)
{
    REFUSE_WHERE_FULL(file)
    return REAL(write)(file, data, size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REFUSE_WHERE_FULL(file)
    return REAL(pwrite)(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REFUSE_WHERE_FULL(file)
    return REAL(pwrite64)(file, data, size, at);
}

int fsync(int file)
{
    if (control->flush_microseconds) usleep((useconds_t)control->flush_microseconds);
    return REAL(fsync)(file);
}

int fdatasync(int file)
{
    if (control->flush_microseconds) usleep((useconds_t)control->flush_microseconds);
    return REAL(fdatasync)(file);
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    int result = REAL(clock_gettime)(id, now);
    if (!result && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += control->clock_seconds;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int result = REAL(gettimeofday)(now, zone);
    if (!result && now) now->tv_sec += control->clock_seconds;
    return result;
}

time_t time(time_t *kept)
{
    time_t now = REAL(time)(NULL) + control->clock_seconds;
    if (kept) *kept = now;
    return now;
}
