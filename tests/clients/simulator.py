"""Starts a simulated K1 for the scripts of this folder."""

import contextlib
import re
import subprocess
import sys
import tempfile


@contextlib.contextmanager
def program(command):
    """A program that prints the simulator's ready line; gives its port. It ends with the block."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout:
                ready = re.match(r"K1 ready ws://127\.0\.0\.1:(\d+)/ws", line)
                if ready:
                    yield int(ready.group(1))
                    return
            sys.exit("the simulator did not start")
        finally:
            process.terminate()


@contextlib.contextmanager
def simulator(engine):
    """A K1 with an empty flash on a free port; gives its port. It ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "start", "--", "--port", "0", "--flash", f"{folder}/flash.bin"]
        with program([*command, "--engine", engine, "--log-level", "warn"]) as port:
            yield port


def engines():
    """The engines that the command line names, or both."""
    return sys.argv[1:] or ["xs", "node"]
