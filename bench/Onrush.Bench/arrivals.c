// The floor of the open model: how late the starts of a schedule are on this machine when nothing but sending and receiving is done. Epoll, one thread, the kernel's
// timer, no parser, no counting. Start k is due at k / rate; it takes an idle connection, or waits for one and then is late. It takes every read to be a whole response.
// usage: arrivals ADDRESS PORT CONNECTIONS RATE SECONDS
// prints: starts at most 1 ms late in percent, lateness p50, p99 and maximum in milliseconds, cores
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

static void fail(const char *what) { perror(what); exit(1); }

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  long left = *(const long *)a, right = *(const long *)b;
  return (left > right) - (left < right);
}

int main(int argc, char **argv) {
  if (argc != 6) { fputs("usage: arrivals ADDRESS PORT CONNECTIONS RATE SECONDS\n", stderr); return 2; }
  int connections = atoi(argv[3]);
  long rate = atol(argv[4]), total = rate * atol(argv[5]);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[2]))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  char request[128];
  int length = snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: %s:%s\r\n\r\n", argv[1], argv[2]);
  long *late = malloc((size_t)total * sizeof *late);
  int *idle = malloc((size_t)connections * sizeof *idle), waiting = 0;
  if (!late || !idle) fail("malloc");

  // Or each wake-up is 50 us late.
  prctl(PR_SET_TIMERSLACK, 1UL);
  int epoll = epoll_create1(0);
  for (int i = 0; i < connections; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    idle[waiting++] = fd;
  }

  static struct epoll_event events[4096];
  static char buffer[65536];
  long begun = 0, done = 0, start = now();
  while (done < total) {
    long at = now();
    while (begun < total && waiting > 0) {
      long due = start + (long)((__int128)begun * 1000000000L / rate);
      if (due > at) break;
      if (send(idle[--waiting], request, (size_t)length, MSG_NOSIGNAL) != length) fail("send");
      late[begun++] = at - due;
    }
    long sleep = 1000000000L;
    if (begun < total && waiting > 0) {
      sleep = start + (long)((__int128)begun * 1000000000L / rate) - now();
      if (sleep < 0) sleep = 0;
    }
    struct timespec most = {sleep / 1000000000L, sleep % 1000000000L};
    int count = epoll_pwait2(epoll, events, 4096, &most, NULL);
    for (int i = 0; i < count; i++) {
      if (recv(events[i].data.fd, buffer, sizeof buffer, 0) <= 0) fail("recv");
      idle[waiting++] = events[i].data.fd;
      done++;
    }
  }
  double seconds = (double)(now() - start) / 1e9;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double busy = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  qsort(late, (size_t)total, sizeof *late, ascending);
  long on_time = 0;
  while (on_time < total && late[on_time] <= 1000000) on_time++;
  printf("%.4f %.4f %.4f %.4f %.3f\n", 100.0 * (double)on_time / (double)total, (double)late[total / 2] / 1e6, (double)late[(long)((double)total * 0.99)] / 1e6,
    (double)late[total - 1] / 1e6, busy / seconds);
  return 0;
}
