"""The protocol's Python client against servers of which one is killed while it appends and reads, as exactly-once.mjs does it.

That client has no producer of its own. One stream is of JSON and has each message under a Stream-Seq, whose repeat the server refuses;
one is of text and has them under a Producer-Seq, whose repeat it accepts and does not append.
"""

import itertools
import os
import sys
import threading
import time

import httpx
from durable_streams import DurableStream, DurableStreamError, SeqConflictError, stream

COUNT = 1_500
KILLS = 3
LOST_EVERY = 20
RETRY_SECONDS = 0.1
MOST_SECONDS = 300

mode, *urls = sys.argv[1:]
moves = mode == "move"
what = "Python client, " + ("another node after kill -9" if moves else "kill -9 and start")
wrong = []
followers = []
killed = threading.Condition()
kills_due = [COUNT // 2] if moves else [COUNT * (2 * kill + 1) // (2 * KILLS) for kill in range(KILLS)]


def say(line):
    print(line, flush=True)


def verdict(how=""):
    """Ends the program with the line that says how it went."""
    say("\n  ".join([f"failed: {what}", *wrong]) if wrong else f"passed: {what}: {how}")
    os._exit(1 if wrong else 0)


class Servers:
    """The server that a client uses, until that gives no answer."""

    def __init__(self, path):
        self.path = path
        self.number = 0
        self.failures = 0

    def url(self):
        return urls[self.number] + self.path

    def failed(self, error):
        """Waits before the next attempt, where one helps; what a server refuses is wrong."""
        if not is_passing(error):
            raise error
        self.failures += 1
        if moves:
            self.number = (self.number + 1) % len(urls)
        time.sleep(RETRY_SECONDS)


def is_passing(error):
    """Whether no answer came, or one that says that the server can't answer now."""
    is_late = isinstance(error, DurableStreamError) and error.status is not None and (error.status >= 500 or error.status == 429)
    return is_late or isinstance(error, httpx.TransportError)


class Producer(threading.Thread):
    """Appends the numbers, each until it has an answer, and some once more, as where the answer was lost."""

    repeated = SeqConflictError

    def __init__(self, path, content_type):
        super().__init__(daemon=True)
        self.servers = Servers(path)
        self.content_type = content_type
        self.number = 0
        self.handles = {}
        DurableStream.create(self.servers.url(), content_type=content_type).close()

    def run(self):
        try:
            for self.number in range(1, COUNT + 1):
                self.wait_for_kill()
                if wrong:
                    return
                self.append(is_repeat=False)
                if self.number % LOST_EVERY == 0:
                    self.append(is_repeat=True)
        except Exception as error:
            wrong.append(f"the producer of {self.content_type}, at {self.number}: {error!r}")

    def wait_for_kill(self):
        """The server is killed when both producers have come that far; they go on meanwhile."""
        if self.number in kills_due:
            with killed:
                killed.number = getattr(killed, "number", 0) + 1
                if killed.number % 2 == 0:
                    say("kill")
                    if not moves:
                        say("start")

    def append(self, is_repeat):
        for attempt in itertools.count():
            try:
                self.append_once()
                return
            except self.repeated:
                if not is_repeat and attempt == 0:
                    raise
                return
            except Exception as error:
                self.servers.failed(error)

    def append_once(self):
        url = self.servers.url()
        if url not in self.handles:
            self.handles[url] = DurableStream(url, content_type=self.content_type, batching=False, headers=self.headers())
        self.message(self.handles[url])

    def headers(self):
        return None

    def message(self, handle):
        handle.append({"number": self.number}, seq=f"{self.number:08d}")


class TextProducer(Producer):
    # The client misses an offset, which an answer to a repeat need not have.
    repeated = ValueError

    def headers(self):
        return {"Producer-Id": "numbers", "Producer-Epoch": "0", "Producer-Seq": lambda: str(self.number - 1)}

    def message(self, handle):
        handle.append(f"{self.number:07d}\n")


class Follower(threading.Thread):
    """Reads live, and goes on from the offset that it saved whenever its reading breaks off."""

    def __init__(self, path, content_type, live):
        super().__init__(daemon=True)
        self.servers = Servers(path)
        self.content_type = content_type
        self.live = live
        self.offset = "-1"
        self.number = 0
        self.resumed = 0

    def run(self):
        try:
            while self.number < COUNT and not wrong:
                try:
                    self.follow()
                except Exception as error:
                    self.servers.failed(error)
                    self.resumed += 1
        except Exception as error:
            wrong.append(f"{self}: {error!r}")

    def follow(self):
        with stream(self.servers.url(), offset=self.offset, live=self.live) as response:
            for event in response.iter_events(mode=mode_of(self.content_type)):
                self.take(numbers_of(event.data))
                self.offset = event.next_offset
                if self.number == COUNT or wrong:
                    return

    def take(self, numbers):
        for number in numbers:
            if number != self.number + 1:
                wrong.append(f"{self}: then came {number}")
                return
            self.number = number

    def __str__(self):
        return f"the reader of {self.content_type} by {self.live} has {self.number}, offset {self.offset}"


def mode_of(content_type):
    return "json" if content_type == "application/json" else "text"


def numbers_of(data):
    if isinstance(data, str):
        return [int(line) for line in data.split("\n") if line]
    return [message["number"] for message in data]


def read_anew(path, content_type):
    """From each server, also from the one that was killed."""
    for server in urls:
        numbers = await_answer(server + path, content_type)
        if numbers != list(range(1, COUNT + 1)):
            at = next((at for at, number in enumerate(numbers) if number != at + 1), len(numbers))
            wrong.append(f"{server} has {len(numbers)} messages of {content_type}, out of order at {at}: {numbers[max(0, at - 1) : at + 2]}")


def await_answer(url, content_type):
    while True:
        try:
            with stream(url) as response:
                return numbers_of(response.read_json() if mode_of(content_type) == "json" else response.read_text())
        except Exception as error:
            if not is_passing(error):
                raise
            time.sleep(RETRY_SECONDS)


def main():
    begin = time.monotonic()
    folder = f"/v1/stream/exactly-once/{os.getpid()}-{mode}-python/"
    producers = [Producer(folder + "json", "application/json"), TextProducer(folder + "text", "text/plain")]
    for producer in producers:
        for live in ("long-poll", "sse"):
            followers.append(Follower(producer.servers.path, producer.content_type, live))
    for thread in producers + followers:
        thread.start()
    for thread in producers + followers:
        while thread.is_alive() and not wrong:
            thread.join(RETRY_SECONDS)
            if time.monotonic() - begin > MOST_SECONDS:
                wrong.extend([f"it took more than {MOST_SECONDS} s", *map(str, followers)])
    if wrong:
        verdict()
    for producer in producers:
        if producer.servers.failures == 0:
            wrong.append(f"the producer of {producer.content_type} did not notice that the server was killed: nothing was tried")
    if moves:
        say("start")
    for producer in producers:
        read_anew(producer.servers.path, producer.content_type)
    verdict(
        f"{COUNT} messages on each of {len(producers)} streams, once and in order, for {len(followers)} readers that went on "
        f"{sum(follower.resumed for follower in followers)} times and {len(producers) * len(urls)} that read anew; "
        f"{sum(producer.servers.failures for producer in producers)} appends sent again without an answer, "
        f"{len(producers) * (COUNT // LOST_EVERY)} with one; {time.monotonic() - begin:.1f} s"
    )


try:
    main()
except Exception as error:
    wrong.append(repr(error))
    verdict()
