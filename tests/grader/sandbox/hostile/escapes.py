"""Programs that try to get out. Each is the body of a function that returns "out" if it did.

``$SECRET`` is a file outside, ``$FOLDER`` its folder, ``$STREAM`` and ``$DATAGRAM`` are sockets in
it that are listened to, ``$PORT`` a TCP port, ``$PRODUCT`` the product's own source. No program
does harm if it succeeds: signals are 0, and what it changes is the test's own.
"""

from __future__ import annotations

_SYSCALL = """
import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
numbers = {"x86_64": 0, "aarch64": 1}
def call(x86, arm, *arguments):
    number = (x86, arm)[numbers[platform.machine()]]
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "out"
"""


def _syscall(x86: int, arm: int, *arguments: str) -> str:
    return _SYSCALL + f"return call({', '.join([str(x86), str(arm), *arguments])})"


def _code(*lines: str) -> str:
    return "\n".join(lines)


FILES = {
    "read the password file": "return open('/etc/passwd').read() and 'out'",
    "read a file outside": "return open('$SECRET').read() and 'out'",
    "list a folder outside": "import os\nreturn os.listdir('$FOLDER') and 'out'",
    "list the root": "import os\nreturn os.listdir('/') and 'out'",
    "list its own parent": "import os\nreturn os.listdir('..') and 'out'",
    "read through a dotted path": "return open('../../../../..$SECRET').read() and 'out'",
    "read through a folder's descriptor": _code(
        "import os",
        "folder = os.open('$FOLDER', os.O_RDONLY | os.O_DIRECTORY)",
        "return os.read(os.open('secret.txt', os.O_RDONLY, dir_fd=folder), 9) and 'out'",
    ),
    "open for the path alone, then again": _code(
        "import os",
        "path = os.open('$SECRET', os.O_PATH)",
        "return open(f'/proc/self/fd/{path}').read() and 'out'",
    ),
    "write outside": "open('$SECRET', 'w').write('x')\nreturn 'out'",
    "append outside": "open('$SECRET', 'a').write('x')\nreturn 'out'",
    "create outside": "open('$FOLDER/new', 'x')\nreturn 'out'",
    "empty by a read-only open": _code(
        "import os", "os.open('$SECRET', os.O_RDONLY | os.O_TRUNC)", "return 'out'"
    ),
    "empty the standard library": _code(
        "import os", "os.open(os.__file__, os.O_RDONLY | os.O_TRUNC)", "return 'out'"
    ),
    "truncate outside": "import os\nos.truncate('$SECRET', 0)\nreturn 'out'",
    "delete outside": "import os\nos.unlink('$SECRET')\nreturn 'out'",
    "rename outside": "import os\nos.rename('$SECRET', '$FOLDER/moved')\nreturn 'out'",
    "fetch by renaming": "import os\nos.rename('$SECRET', 'mine')\nreturn 'out'",
    "plant by renaming": _code(
        "import os",
        "open('mine', 'w').close()",
        "os.rename('mine', '$FOLDER/planted')",
        "return 'out'",
    ),
    "hard link": "import os\nos.link('$SECRET', 'mine')\nreturn 'out'",
    "symbolic link": "import os\nos.symlink('$SECRET', 'mine')\nreturn 'out'",
    "make a folder outside": "import os\nos.mkdir('$FOLDER/new')\nreturn 'out'",
    "remove a folder outside": "import os\nos.rmdir('$FOLDER/empty')\nreturn 'out'",
    "make a named pipe": "import os\nos.mkfifo('pipe')\nreturn 'out'",
    "make a device": "import os\nos.mknod('null', 0o20600, os.makedev(1, 3))\nreturn 'out'",
    "change a mode": "import os\nos.chmod('$SECRET', 0o777)\nreturn 'out'",
    "change the mode of what it may read": "import os\nos.chmod(os.__file__, 0)\nreturn 'out'",
    "change a mode by descriptor": _code(
        "import os", "os.fchmod(os.open(os.__file__, os.O_RDONLY), 0)", "return 'out'"
    ),
    "change an owner": "import os\nos.chown('$SECRET', 1, 1)\nreturn 'out'",
    "change a file's time": "import os\nos.utime('$SECRET', (1, 1))\nreturn 'out'",
    "set an attribute": "import os\nos.setxattr('$SECRET', 'user.a', b'b')\nreturn 'out'",
    "write to the standard library": "import os\nopen(os.__file__, 'a').close()\nreturn 'out'",
    "change the root": "import os\nos.chroot('.')\nreturn 'out'",
    "read the product": "return open('$PRODUCT/grader/verdict.py').read() and 'out'",
    "import the product": "import grader.verdict\nreturn 'out'",
    "import an installed package": "import django\nreturn 'out'",
    "read installed packages": "return open('$PACKAGE').read() and 'out'",
    "read shared memory": "import os\nreturn os.listdir('/dev/shm') is not None and 'out'",
    "read its own memory map": "return open('/proc/self/maps').read() and 'out'",
    "write its own memory file": "open('/proc/self/mem', 'r+b')\nreturn 'out'",
    "read the worker's environment": "return open('/proc/$WORKER/environ').read() and 'out'",
    "read the worker's memory": "open('/proc/$WORKER/mem', 'rb')\nreturn 'out'",
    "read the worker's command line": "return open('/proc/$WORKER/cmdline').read() and 'out'",
    "list the worker's files": "import os\nreturn os.listdir('/proc/$WORKER/fd') and 'out'",
    "name a file by handle": _syscall(
        303, 264, "-100", "b'$SECRET'", "b'\\0' * 64", "b'\\0' * 8", "0"
    ),
    "watch files": _syscall(294, 26, "0"),
}

NETWORK = {
    "connect": "import socket\nsocket.create_connection(('127.0.0.1', $PORT))\nreturn 'out'",
    "connect over IPv6": "import socket\nsocket.socket(socket.AF_INET6)\nreturn 'out'",
    "send a datagram": _code(
        "import socket",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', $PORT))",
        "return 'out'",
    ),
    "listen": "import socket\nsocket.create_server(('127.0.0.1', 0))\nreturn 'out'",
    "look up a name": "import socket\nsocket.gethostbyname('localhost')\nreturn 'out'",
    "connect to a local socket": _code(
        "import socket", "socket.socket(socket.AF_UNIX).connect('$STREAM')", "return 'out'"
    ),
    "send through a pair of datagram sockets": _code(
        "import socket",
        "one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "one.sendto(b'x', '$DATAGRAM')",
        "return 'out'",
    ),
    "send through a pair of stream sockets": _code(
        "import socket",
        "one, other = socket.socketpair()",
        "one.sendto(b'x', '$DATAGRAM')",
        "return 'out'",
    ),
    "abstract socket": "import socket\nsocket.socket(socket.AF_UNIX).bind('\\0x')\nreturn 'out'",
    "netlink": "import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)\nreturn 'out'",
    "virtual machine socket": "import socket\nsocket.socket(40, socket.SOCK_STREAM)\nreturn 'out'",
    "packet socket": "import socket\nsocket.socket(17, socket.SOCK_RAW)\nreturn 'out'",
    "kernel crypto socket": "import socket\nsocket.socket(38, socket.SOCK_SEQPACKET)\nreturn 'out'",
}

PROCESSES = {
    "fork": "import os\nif os.fork() == 0: os._exit(0)\nreturn 'out'",
    "spawn": "import os\nos.posix_spawn('/bin/true', ['true'], {})\nreturn 'out'",
    "run a program": "import subprocess\nsubprocess.run(['/bin/true'])\nreturn 'out'",
    "run a shell": "import os\nreturn 'out' if os.system('true') == 0 else 'held'",
    "replace itself": "import os\nos.execv('/bin/true', ['true'])",
    "replace itself with itself": "import os\nos.execv('/proc/self/exe', ['python'])",
    "pool of processes": _code(
        "import multiprocessing",
        "multiprocessing.get_context('fork').Process().start()",
        "return 'out'",
    ),
    "signal its parent": "import os\nos.kill(os.getppid(), 0)\nreturn 'out'",
    "signal the worker": "import os\nos.kill($WORKER, 0)\nreturn 'out'",
    "signal every process": "import os\nos.kill(-1, 0)\nreturn 'out'",
    "signal its group": "import os\nos.killpg(0, 0)\nreturn 'out'",
    "signal a thread of the worker": _syscall(234, 131, "$WORKER", "$WORKER", "0"),
    "signal by queue": _syscall(129, 138, "$WORKER", "0", "b'\\0' * 128"),
    "signal by descriptor": _code(
        "import os, signal", "signal.pidfd_send_signal(os.pidfd_open($WORKER), 0)", "return 'out'"
    ),
    "have the kernel signal": _code(
        "import fcntl, os",
        "reading, writing = os.pipe()",
        "fcntl.fcntl(reading, 8, $WORKER)",
        "return 'out'",
    ),
    "choose the kernel's signal": _code(
        "import fcntl, os", "fcntl.fcntl(os.pipe()[0], 10, 9)", "return 'out'"
    ),
    "trace its parent": _syscall(101, 117, "0x4206", "os.getppid()", "0", "0"),
    "read another's memory": _syscall(310, 270, "$WORKER", "0", "0", "0", "0", "0"),
    "steal a descriptor": _syscall(438, 438, "3", "0", "0"),
    "slow the worker down": "import os\nos.setpriority(os.PRIO_PROCESS, $WORKER, 19)\nreturn 'out'",
    "pin the worker to a core": "import os\nos.sched_setaffinity($WORKER, {0})\nreturn 'out'",
    "limit the worker": _code(
        "import resource",
        "resource.prlimit($WORKER, resource.RLIMIT_CORE, (0, 0))",
        "return 'out'",
    ),
    "read the worker's limits": "import resource\nresource.prlimit($WORKER, 7)\nreturn 'out'",
    "raise its own limits": _code(
        "import resource",
        "try: resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "except ValueError: return 'held'",
        "return 'out'",
    ),
    "become root": "import os\nos.setuid(0)\nreturn 'out'",
    "become another": "import os\nos.setresuid(1, 1, 1)\nreturn 'out'",
    "leave its session": "import os\nos.setsid()\nreturn 'out'",
    "survive its parent": _syscall(157, 167, "1", "0", "0", "0", "0"),
    "find the worker's environment in its own": "import os\nreturn 'out' if os.environ else 'held'",
    "find another descriptor": _code(
        "import os",
        "found = []",
        "for number in range(4, 256):",
        "    try:",
        "        os.fstat(number)",
        "        found.append(number)",
        "    except OSError:",
        "        pass",
        "return f'out {found}' if found else 'held'",
    ),
    "type into the terminal": "import fcntl\nfcntl.ioctl(0, 0x5412, b'x')\nreturn 'out'",
    "pass a pickle that runs": _code(
        "import os",
        "class Trap:",
        "    def __reduce__(self): return os.system, ('touch $FOLDER/pickled',)",
        "return Trap()",
    ),
}

KERNEL = {
    "new user namespace": _syscall(272, 97, "0x10000000"),
    "new mount namespace": _syscall(272, 97, "0x20000"),
    "clone into a namespace": _syscall(56, 220, "0x10010011", "0", "0", "0", "0"),
    "enter a namespace": _syscall(308, 268, "3", "0"),
    "mount": _syscall(165, 40, "b'none'", "b'/tmp'", "b'tmpfs'", "0", "0"),
    "new mount": _syscall(430, 430, "b'tmpfs'", "0"),
    "ring": _syscall(425, 425, "8", "b'\\0' * 256"),
    "program in the kernel": _syscall(321, 280, "5", "b'\\0' * 256", "64"),
    "performance counters": _syscall(298, 241, "b'\\0' * 256", "0", "-1", "-1", "0"),
    "page faults": _syscall(323, 282, "0"),
    "key ring": _syscall(248, 217, "b'user'", "b'a'", "b'b'", "1", "-3"),
    "memory file": _syscall(319, 279, "b'a'", "0"),
    "shared memory": _syscall(29, 194, "0", "4096", "0o1600"),
    "message queue": _syscall(68, 186, "0", "0o1600"),
    "semaphores": _syscall(64, 190, "0", "1", "0o1600"),
    "named queue": _syscall(240, 180, "b'a'", "0o102", "0o600", "0"),
    "personality": _syscall(135, 92, "0x0040000"),
    "asynchronous input": _syscall(206, 0, "8", "b'\\0' * 8"),
    "host name": "import socket\nsocket.sethostname('x')\nreturn 'out'",
    "timer that signals": _syscall(222, 107, "0", "0", "b'\\0' * 8"),
    "another filter": _syscall(317, 277, "1", "0", "b'\\0' * 16"),
    "named shared memory": _code(
        "from multiprocessing import shared_memory",
        "shared_memory.SharedMemory(create=True, size=4096)",
        "return 'out'",
    ),
}

ESCAPES = {**FILES, **NETWORK, **PROCESSES, **KERNEL}

FATAL = {
    "another numbering of system calls": _syscall(0x40000000 + 39, 0x40000000),
    "another architecture's system calls": _code(
        "import ctypes, mmap, platform",
        "if platform.machine() != 'x86_64': ctypes.string_at(0)",
        "page = mmap.mmap(-1, 4096, prot=7)",
        r"page.write(b'\xb8\x14\x00\x00\x00\xcd\x80\xc3')",
        "address = ctypes.addressof(ctypes.c_char.from_buffer(page))",
        "ctypes.CFUNCTYPE(ctypes.c_int)(address)()",
        "return 'out'",
    ),
}
"""These end the process."""
