"""A terminal of its own for one command: terminal.py COLUMNS ROWS COMMAND [ARGUMENT...]

Keys come in on stdin, what the command prints goes out on stdout; the exit code is that of the command.
"""

import fcntl
import os
import pty
import selectors
import struct
import sys
import termios


def main() -> int:
    columns, rows, *command = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    size = struct.pack("HHHH", int(rows), int(columns), 0, 0)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
    sources = selectors.DefaultSelector()
    sources.register(terminal, selectors.EVENT_READ)
    sources.register(sys.stdin.fileno(), selectors.EVENT_READ)
    while True:
        for key, _ in sources.select():
            try:
                data = os.read(key.fd, 65536)
            except OSError:
                # Linux says so when the command has ended.
                data = b""
            if key.fd == terminal:
                if not data:
                    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                os.write(sys.stdout.fileno(), data)
            elif data:
                os.write(terminal, data)
            else:
                sources.unregister(key.fd)


sys.exit(main())
