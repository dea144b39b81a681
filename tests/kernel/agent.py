"""One host of the test network: answers on the probe ports, and probes others when asked.

Reads a number, then so many lines `tcp ADDRESS PORT` or `udp ADDRESS PORT`; probes them at once and answers `1` or `0` to each, in order.
Arguments: the ports to listen on. Ends when its input ends.
"""

import concurrent.futures
import socket
import sys
import threading

PATIENCE = 0.6


def serve_tcp(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("0.0.0.0", port))
    server.listen(64)
    while True:
        connection, _ = server.accept()
        connection.close()


def serve_udp(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("0.0.0.0", port))
    while True:
        message, sender = server.recvfrom(64)
        try:
            server.sendto(message, sender)
        except OSError:
            pass  # the answer has no way: that is for the other side to notice


def probe(line):
    protocol, address, port = line.split()
    kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as client:
        client.settimeout(PATIENCE)
        try:
            client.connect((address, int(port)))
            if protocol == "udp":
                client.send(b"?")
                client.recv(64)
            return "1"
        except OSError:
            return "0"


def main():
    for port in map(int, sys.argv[1:]):
        for serve in (serve_tcp, serve_udp):
            threading.Thread(target=serve, args=(port,), daemon=True).start()
    print("ready", flush=True)
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        while count := sys.stdin.readline():
            asked = [sys.stdin.readline() for _ in range(int(count))]
            for answer in pool.map(probe, asked):
                print(answer)
            sys.stdout.flush()


main()
