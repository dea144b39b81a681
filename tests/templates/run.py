"""Runs every template test, several at a time: each is a process of its own, and says at its end what unittest says."""

import concurrent.futures
import io
import os
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


def found():
    """The names of all tests, with what could not be loaded."""
    names = []
    suites = [unittest.defaultTestLoader.discover(str(HERE))]
    while suites:
        for test in suites.pop():
            if isinstance(test, unittest.TestSuite):
                suites.append(test)
            else:
                names.append(test.id())
    return sorted(names)


def run(name):
    """Runs one test; gives what it printed and its failures, errors and skips."""
    printed = io.StringIO()
    result = unittest.TextTestRunner(stream=printed, verbosity=0).run(unittest.defaultTestLoader.loadTestsFromName(name))
    counts = (result.testsRun, len(result.failures), len(result.errors), len(result.skipped))
    return name, printed.getvalue(), counts


def main():
    started = time.monotonic()
    totals = [0, 0, 0, 0]
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count()) as processes:
        for name, printed, counts in processes.map(run, found()):
            totals = [a + b for a, b in zip(totals, counts)]
            bad = counts[1] + counts[2]
            print(f"{name} ... {'FAIL' if bad else 'ok'}", flush=True)
            if bad:
                print(printed, flush=True)
    ran, failures, errors, skipped = totals
    print(f"Ran {ran} tests in {time.monotonic() - started:.3f}s\n")
    said = [f"{word}={count}" for word, count in (("failures", failures), ("errors", errors), ("skipped", skipped)) if count]
    print(("FAILED" if failures + errors else "OK") + (f" ({', '.join(said)})" if said else ""))
    sys.exit(1 if failures + errors else 0)


if __name__ == "__main__":
    main()
