#!/usr/bin/env python3
"""Sends what Home Assistant's Pterodactyl integration sends, in the same order, through the library it uses.

Not Home Assistant itself: the list once at set-up, then for each server its own page and its resources, one server
strictly after the other. The first failure ends the cycle, and with it every reading of it. Which requests and
connections that made is counted by the panel.

Prints one JSON object a line:
  {"kind": "list",  "seconds": s, "ended": how}
  {"kind": "cycle", "seconds": s, "ended": how}
  {"kind": "shown", "at": seconds since 1970, "server": name, "state": state}     what a person sees changed

"ended" is "ok", "unavailable" (every entity of every server until a whole cycle succeeds), "key" (a new key is asked
for, polling stops) or "unexpected" (as unavailable, with a traceback in the log each time).
"""

import argparse
import asyncio
import json
import os
import random
import time

PERIOD = 60.0

# Between two cycles without a period, so that whoever counts can tell them apart.
PAUSE = 0.3


class Blocking:
    """The client up to Home Assistant 2026.10: py-dactyl 2.0.4, its calls in worker threads."""

    def __init__(self, url, key):
        import pydactyl
        self.panel = pydactyl.PterodactylClient(url, key)

    @property
    def calls(self):
        # Anew for every call, as there: in this version each comes with a session of its own.
        return self.panel.client.servers

    async def servers(self):
        return await asyncio.to_thread(lambda: self.calls.list_servers().collect())

    async def look(self, server):
        return await asyncio.to_thread(self.look_now, server)

    def look_now(self, server):
        page = self.calls.get_server(server)
        if page["is_suspended"]:
            return page["name"], "suspended"
        return page["name"], self.calls.get_server_utilization(server)["current_state"]

    @staticmethod
    def judge(error):
        import requests
        from pydactyl import exceptions as own
        if isinstance(error, requests.HTTPError):
            return "key" if error.response.status_code == 401 else "unavailable"
        told = (own.BadRequestError, own.PterodactylApiError, requests.RequestException, StopIteration)
        return "unavailable" if isinstance(error, told) else "unexpected"


class Async:
    """The client of Home Assistant 2026.11: py-dactyl 2.1.3, without a session that would keep connections."""

    def __init__(self, url, key):
        import pydactyl
        self.panel = pydactyl.AsyncPterodactylClient(url, key)

    @property
    def calls(self):
        return self.panel.client.servers

    async def servers(self):
        pages = await self.calls.list_servers()
        return await pages.collect_async()

    async def look(self, server):
        page = await self.calls.get_server(server)
        if page["is_suspended"]:
            return page["name"], "suspended"
        return page["name"], (await self.calls.get_server_utilization(server))["current_state"]

    @staticmethod
    def judge(error):
        import aiohttp
        from pydactyl import exceptions as own
        if isinstance(error, aiohttp.ClientResponseError):
            return "key" if error.status == 401 else "unavailable"
        told = (own.BadRequestError, own.PterodactylApiError, aiohttp.ClientError, TimeoutError)
        return "unavailable" if isinstance(error, told) else "unexpected"


def say(kind, **more):
    print(json.dumps({"kind": kind, **more}), flush=True)


async def timed(kind, client, work):
    """Does the work and says how long it took and how it ended."""
    begun = time.perf_counter()
    result, ended = None, "ok"
    try:
        result = await work
    except Exception as error:  # noqa: BLE001 whatever comes is judged
        ended = client.judge(error)
    say(kind, seconds=time.perf_counter() - begun, ended=ended)
    return result, ended


async def cycle(client, servers):
    return dict([await client.look(server) for server in servers])


async def poll(client, servers, how_long):
    """Every minute, counted from the end of a cycle and a part of a second, as the coordinator there does."""
    loop = asyncio.get_running_loop()
    offset = random.uniform(0.05, 0.5)
    end = loop.time() + how_long
    shown = {}
    while loop.time() < end:
        states, ended = await timed("cycle", client, cycle(client, servers))
        if ended == "ok":
            now = time.time()
            for server, state in states.items():
                if shown.get(server) != state:
                    say("shown", at=now, server=server, state=state)
            shown = states
        elif ended == "key":
            return
        else:
            shown = {}
        pause = int(loop.time()) + offset + PERIOD - loop.time()
        await asyncio.sleep(max(0.0, min(pause, end - loop.time())))


async def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--url", required=True, help="the panel; its key is taken from PEER_KEY")
    words.add_argument("--client", choices=["blocking", "async"], required=True)
    how = words.add_mutually_exclusive_group(required=True)
    how.add_argument("--cycles", type=int, help="so many cycles, one after the other")
    how.add_argument("--poll-for", type=float, metavar="SECONDS", help="a cycle every minute for so long")
    words = words.parse_args()
    kind = Blocking if words.client == "blocking" else Async
    client = kind(words.url, os.environ["PEER_KEY"])
    listed, ended = await timed("list", client, client.servers())
    if ended != "ok":
        return
    servers = [server["attributes"]["identifier"] for server in listed]
    if words.poll_for is not None:
        await poll(client, servers, words.poll_for)
        return
    for _ in range(words.cycles):
        await asyncio.sleep(PAUSE)
        await timed("cycle", client, cycle(client, servers))


if __name__ == "__main__":
    asyncio.run(main())
