"""System calls by name: numbers on x86_64 and aarch64, and what the filter does with each group.

Sources: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux 6.12. None: the architecture has no such call.
"""

from __future__ import annotations

from typing import Optional

Numbers = tuple[Optional[int], Optional[int]]
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the tables, and AUDIT_ARCH_* of linux/audit.h."""

REFUSED: dict[str, Numbers] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "pidfd_open": (434, 434), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "migrate_pages": (256, 238), "move_pages": (279, 239), "perf_event_open": (298, 241),
    # mounts and namespaces
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "setns": (308, 268), "unshare": (272, 97), "swapon": (167, 224), "swapoff": (168, 225),
    # keys, and ways around the filter
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    # the machine
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "sethostname": (170, 161), "setdomainname": (171, 162), "syslog": (103, 116), "vhangup": (153, 58),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None), "personality": (135, 92),
    "uselib": (134, None), "ustat": (136, None), "sysfs": (139, None), "_sysctl": (156, None), "nfsservctl": (180, 42),
    "lookup_dcookie": (212, 18), "memfd_secret": (447, 447),
    # files by handle, past every path rule
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    # shared memory and queues that outlive a run
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
}  # fmt: skip

PRETENDED: dict[str, Numbers] = {
    # Landlock does not know these; they are answered "done", because shutil.copy and tarfile use them in earnest
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88),
}  # fmt: skip

UNSUPPORTED: dict[str, Numbers] = {
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "setxattrat": (463, 463), "removexattrat": (466, 466),
}  # fmt: skip

UNKNOWN: dict[str, Numbers] = {"clone3": (435, 435)}
"""Answered ENOSYS: the C library then uses clone, whose flags the filter can read."""

NAMES_A_PROCESS: dict[str, tuple[int, int, int]] = {
    # third: which argument is the pid
    "kill": (62, 129, 0), "tkill": (200, 130, 0), "tgkill": (234, 131, 0), "rt_sigqueueinfo": (129, 138, 0),
    "rt_tgsigqueueinfo": (297, 240, 0), "prlimit64": (302, 261, 0), "sched_setaffinity": (203, 122, 0),
    "sched_setscheduler": (144, 119, 0), "sched_setparam": (142, 118, 0), "sched_setattr": (314, 274, 0),
    "setpriority": (141, 140, 1), "ioprio_set": (251, 30, 1),
}  # fmt: skip
WHICH_PROCESS = {"setpriority": 0, "ioprio_set": 1}
"""PRIO_PROCESS and IOPRIO_WHO_PROCESS: groups and users are refused."""

SOCKET: Numbers = (41, 198)
CLONE: Numbers = (56, 220)
IOCTL: Numbers = (16, 29)
PIDFD_SEND_SIGNAL: Numbers = (424, 424)
MEMFD_CREATE: Numbers = (319, 279)
TRUNCATE: Numbers = (76, 45)
OPEN: Numbers = (2, None)
OPENAT: Numbers = (257, 56)
OPENAT2: Numbers = (437, 437)
NAMESPACE_FLAGS = 0x7E020080
"""CLONE_NEW* of linux/sched.h: TIME, NS, CGROUP, UTS, IPC, USER, PID, NET."""
TYPING_REQUESTS = (0x5412, 0x541C)
"""TIOCSTI and TIOCLINUX of asm-generic/ioctls.h: characters put into a terminal."""
