"""What the commands that look after a whole store do: backup, restore.  Each gives the exit status."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from geodata.store import Store
from geodata.store_copy import back_up, restore

__all__ = ["backup_command", "restore_command"]


def backup_command(args: argparse.Namespace) -> int:
    """Copy a store into a file while it is in use."""
    with Store(args.store, create=False) as store:
        n = back_up(store, Path(args.file))
        sys.stderr.write(f"{args.file}: {n} documents of {store.name}\n")
    return 0


def restore_command(args: argparse.Namespace) -> int:
    """Put a backup in the place of a store's content."""
    with Store(args.store) as store:
        n, kept = restore(Path(args.file), store, replace=args.replace)
        before = f"; what was there before is in {kept}" if kept else ""
        sys.stderr.write(f"{store.name}: {n} documents of {args.file}{before}\n")
    return 0
