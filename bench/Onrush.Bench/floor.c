// The floor: what a generator costs that only sends and receives. Epoll, one thread, no parser, no clock, no counting. It takes every read that has
// the end of a response to be that response, which holds for small ones from a target that sends them whole.
// usage: floor ADDRESS PORT CONNECTIONS SECONDS
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t over;
static void end(int number) { (void)number; over = 1; }

static void fail(const char *what) { perror(what); exit(1); }

int main(int argc, char **argv) {
  if (argc != 5) { fputs("usage: floor ADDRESS PORT CONNECTIONS SECONDS\n", stderr); return 2; }
  int connections = atoi(argv[3]);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[2]))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  char request[128];
  int length = snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: %s:%s\r\n\r\n", argv[1], argv[2]);

  int epoll = epoll_create1(0);
  for (int i = 0; i < connections; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length) fail("send");
  }

  // No SA_RESTART: the wait must end.
  struct sigaction action = {.sa_handler = end};
  sigaction(SIGALRM, &action, NULL);
  alarm((unsigned)atoi(argv[4]));
  static struct epoll_event events[4096];
  static char buffer[65536];
  while (!over) {
    int count = epoll_wait(epoll, events, 4096, -1);
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (recv(fd, buffer, sizeof buffer, 0) <= 0) fail("recv");
      if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length) fail("send");
    }
  }
  return 0;
}
