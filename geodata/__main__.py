"""The command line: `python -m geodata`."""

import argparse
import io
import os
import sys
from collections.abc import Sequence

from geodata.commands import check, convert, dictionary, export, load, locate, match, places, review, verify
from geodata.commands import map as draw
from geodata.errors import GeodataError

COMMANDS = {
    "check": check,
    "places": places,
    "locate": locate,
    "match": match,
    "review": review,
    "convert": convert,
    "export": export,
    "map": draw,
    "verify": verify,
    "load": load,
    "dictionary": dictionary,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return what the shell is told: 0, 1 when there are problems."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata", description="Check, place and export tables of incidents."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        added = commands.add_parser(name, help=command.HELP, description=command.HELP)
        command.add_arguments(added)
        added.set_defaults(run=command.run)
    parsed = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status: int = parsed.run(parsed)
        sys.stdout.flush()
    except GeodataError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        # Whoever reads has had enough (`… | head`); without this, Python complains again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        pass
    else:
        return status
    return 1


if __name__ == "__main__":
    sys.exit(main())
